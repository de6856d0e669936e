"""LLVM assembly, instruction by instruction: on one number, or on as many lanes as there are scenarios together."""

from __future__ import annotations

import struct
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from overbuild.equations.kernel.machine.polynomials import exponential, logarithm
from overbuild.equations.kernel.machine.value import FLAG, NUMBER, WORD, Value
from overbuild.equations.operations import OPERATIONS


class Emitter:
    """The text of one function: instructions in their order, and the variables that its loops keep.

    With `contracts` a product that is added is not rounded before (a * b + c in one instruction). Nothing else is left to the
    compiler, nothing reordered: so numbers are the same on any number of lanes.
    """

    def __init__(self, lanes: int, *, contracts: bool = False) -> None:
        self.lanes, self.contracts = lanes, contracts
        self.made = 0
        self.body: list[str] = []
        self.variables: list[str] = []
        self.declared: set[str] = set()

    # ---- text

    def name(self) -> str:
        """A new name."""
        self.made += 1
        return f"%v{self.made}"

    def say(self, text: str) -> str:
        """An instruction that gives something; returns its name."""
        name = self.name()
        self.body.append(f"  {name} = {text}")
        return name

    def do(self, text: str) -> None:
        """An instruction that gives nothing."""
        self.body.append(f"  {text}")

    def type(self, kind: str, *, many: bool) -> str:
        """The type of a value in the text."""
        return f"<{self.lanes} x {kind}>" if many else kind

    def value(self, text: str, kind: str = NUMBER, *, many: bool) -> Value:
        """The value of an instruction."""
        return Value(self, self.say(text), kind, many=many)

    # ---- constants and lanes

    def literal(self, number: float) -> Value:
        """A number written down, exactly."""
        bits = struct.unpack("<Q", struct.pack("<d", float(number)))[0]
        return Value(self, f"0x{bits:016X}", many=False, constant=True)

    def word(self, number: int) -> Value:
        """A whole number of 64 bits."""
        number &= 2**64 - 1
        return Value(self, str(number - 2**64 if number >= 2**63 else number), WORD, many=False, constant=True)

    def lifted(self, operand: Any, kind: str = NUMBER) -> Value:
        """A value as it is, a Python number as one."""
        if isinstance(operand, Value):
            return operand
        return self.word(operand) if kind == WORD else self.literal(operand)

    def spread(self, value: Value) -> Value:
        """The value on all lanes."""
        if value.many:
            return value
        kind, many = self.type(value.kind, many=False), self.type(value.kind, many=True)
        if value.constant:
            return Value(self, f"splat ({kind} {value.text})", value.kind, many=True, constant=True)
        first = self.say(f"insertelement {many} poison, {kind} {value.text}, i64 0")
        mask = f"<{self.lanes} x i32> zeroinitializer"
        return self.value(f"shufflevector {many} {first}, {many} poison, {mask}", value.kind, many=True)

    def paired(self, a: Any, b: Any) -> tuple[Value, Value]:
        """Two operands of one type."""
        kind = a.kind if isinstance(a, Value) else b.kind
        one, other = self.lifted(a, kind), self.lifted(b, kind)
        if one.many or other.many:
            return self.spread(one), self.spread(other)
        return one, other

    # ---- instructions

    def join(self, kind: str, operands: tuple[Any, ...]) -> Value:
        """An operation of the table."""
        form: Any = OPERATIONS[kind].lanes
        return form(self, *(self.lifted(operand) for operand in operands))

    def arithmetic(self, instruction: str, a: Any, b: Any) -> Value:
        """A sum, difference, product or quotient."""
        one, other = self.paired(a, b)
        if self.contracts and instruction in ("fadd", "fsub"):
            if one.factors:
                return self._contracted(*one.factors, self.negated(other) if instruction == "fsub" else other)
            if other.factors:
                first, second = other.factors
                return self._contracted(self.negated(first) if instruction == "fsub" else first, second, one)
        made = self.rounded(instruction, one, other)
        if instruction == "fmul":
            made.factors = one, other
        return made

    def rounded(self, instruction: str, a: Any, b: Any) -> Value:
        """The same, never contracted with another."""
        one, other = self.paired(a, b)
        kind = self.type(NUMBER, many=one.many)
        return self.value(f"{instruction} {kind} {one.text}, {other.text}", many=one.many)

    def _contracted(self, a: Value, b: Value, c: Value) -> Value:
        """The value of a * b + c, rounded once."""
        many = a.many or b.many or c.many
        kind, called = self.type(NUMBER, many=many), f"@llvm.fma.{f'v{self.lanes}f64' if many else 'f64'}"
        self.declared.add(f"declare {kind} {called}({kind}, {kind}, {kind})")
        operands = (self.spread(one) if many else one for one in (a, b, c))
        return self.value(f"call {kind} {called}({', '.join(f'{kind} {one.text}' for one in operands)})", many=many)

    def bits(self, instruction: str, a: Any, b: Any) -> Value:
        """An operation on flags or words."""
        one, other = self.paired(a, b)
        return self.value(
            f"{instruction} {self.type(one.kind, many=one.many)} {one.text}, {other.text}", one.kind, many=one.many
        )

    def negated(self, a: Value) -> Value:
        """-a."""
        return self.value(f"fneg {self.type(NUMBER, many=a.many)} {a.text}", many=a.many)

    def compared(self, predicate: str, a: Any, b: Any) -> Value:
        """A flag; an ordered comparison does not hold of what is no number."""
        one, other = self.paired(a, b)
        kind = self.type(NUMBER, many=one.many)
        return self.value(f"fcmp {predicate} {kind} {one.text}, {other.text}", FLAG, many=one.many)

    def select(self, flag: Value, yes: Any, no: Any) -> Value:
        """`yes` where the flag holds, else `no`."""
        one, other = self.lifted(yes), self.lifted(no)
        if flag.many or one.many or other.many:
            one, other = self.spread(one), self.spread(other)
        kind = self.type(one.kind, many=one.many)
        test = f"{self.type(FLAG, many=flag.many)} {flag.text}"
        return self.value(f"select {test}, {kind} {one.text}, {kind} {other.text}", one.kind, many=one.many)

    def intrinsic(self, name: str, a: Value) -> Value:
        """A function that the processor has (`sqrt`, `floor`)."""
        kind = self.type(NUMBER, many=a.many)
        called = f"@llvm.{name}.{f'v{self.lanes}f64' if a.many else 'f64'}"
        self.declared.add(f"declare {kind} {called}({kind})")
        return self.value(f"call {kind} {called}({kind} {a.text})", many=a.many)

    def cast(self, a: Value, kind: str) -> Value:
        """The same bits as another kind."""
        return self.value(
            f"bitcast {self.type(a.kind, many=a.many)} {a.text} to {self.type(kind, many=a.many)}", kind, many=a.many
        )

    def exponential(self, a: Value) -> Value:
        """The exponential as a polynomial."""
        return exponential(self, a)

    def logarithm(self, a: Value) -> Value:
        """The logarithm as a polynomial."""
        return logarithm(self, a)

    # ---- memory

    def variable(self, start: Value, *, many: bool) -> Value:
        """A number that is set again and again; returns where it stands."""
        name = self.name()
        self.variables.append(f"  {name} = alloca {self.type(NUMBER, many=many)}, align {64 if many else 8}")
        held = Value(self, name, many=many)
        self.set(held, start)
        return held

    def get(self, held: Value) -> Value:
        """What a variable holds now."""
        return self.value(f"load {self.type(NUMBER, many=held.many)}, ptr {held.text}", many=held.many)

    def set(self, held: Value, value: Value) -> None:
        """Let a variable hold a value."""
        value = self.spread(value) if held.many else value
        self.do(f"store {self.type(NUMBER, many=held.many)} {value.text}, ptr {held.text}")

    def at(self, pointer: str, place: str) -> str:
        """Address of an entry of an array of numbers or words."""
        return self.say(f"getelementptr double, ptr {pointer}, i64 {place}")

    def whole(self, instruction: str, a: str, b: str) -> str:
        """Arithmetic of places."""
        return self.say(f"{instruction} i64 {a}, {b}")

    def read(self, pointer: str, place: str, kind: str = NUMBER, *, many: bool = False) -> Value:
        """An entry of an array, or as many as there are lanes."""
        return self.value(f"load {self.type(kind, many=many)}, ptr {self.at(pointer, place)}, align 8", kind, many=many)

    def write(self, pointer: str, place: str, value: Value) -> None:
        """Write an entry of an array, or as many as there are lanes."""
        kind = self.type(value.kind, many=value.many)
        self.do(f"store {kind} {value.text}, ptr {self.at(pointer, place)}, align 8")

    # ---- the way through

    @contextmanager
    def loop(self, low: str, high: str) -> Generator[str]:
        """What is emitted inside is done for each number from `low` to below `high`."""
        counter, label = self.name(), self._label()
        self.variables.append(f"  {counter} = alloca i64")
        self.do(f"store i64 {low}, ptr {counter}")
        self._go(f"{label}.test")
        number = self.say(f"load i64, ptr {counter}")
        again = self.say(f"icmp slt i64 {number}, {high}")
        self._branch(again, label)
        yield number
        self.do(f"store i64 {self.whole('add', number, '1')}, ptr {counter}")
        self.do(f"br label %{label}.test")
        self.body.append(f"{label}.end:")

    @contextmanager
    def when_any(self, flag: Value) -> Generator[None]:
        """What is emitted inside is done only where some lane wants it."""
        wanted = flag.text
        if flag.many:
            packed = self.say(f"bitcast <{self.lanes} x i1> {flag.text} to i{self.lanes}")
            wanted = self.say(f"icmp ne i{self.lanes} {packed}, 0")
        label = self._label()
        self._branch(wanted, label)
        yield
        self._go(f"{label}.end")

    def _label(self) -> str:
        self.made += 1
        return f"L{self.made}"

    def _go(self, label: str) -> None:
        self.do(f"br label %{label}")
        self.body.append(f"{label}:")

    def _branch(self, flag: str, label: str) -> None:
        self.do(f"br i1 {flag}, label %{label}.on, label %{label}.end")
        self.body.append(f"{label}.on:")

    def function(self, name: str, parameters: str) -> str:
        """The text of the function."""
        return "\n".join(
            [f"define void @{name}({parameters}) #0 {{", "entry:", *self.variables, *self.body, "  ret void", "}", ""]
        )
