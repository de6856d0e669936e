"""What a file calls the paths of its plan."""

from __future__ import annotations


class WrittenPaths(dict[str, str]):
    """What a file calls a path of its plan: the longest beginning that is called otherwise is replaced."""

    def of(self, path: str) -> str:
        """The path in the words of the file.

        >>> WrittenPaths({"phases.site": "site", "phases.site.cod": "site.construction_periods"}).of("phases.site.cod")
        'site.construction_periods'
        """
        begin = path
        while begin:
            if begin in self:
                return self[begin] + path[len(begin) :]
            begin = begin.rpartition(".")[0]
        return path
