"""What does this word mean here?"""

from overbuild.questions.glossary.answer import glossary
from overbuild.questions.glossary.terms import Term, terms

__all__ = ["Term", "glossary", "terms"]
