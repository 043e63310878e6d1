"""How is a class of values made?  As by `dataclasses`, but each of its methods only when it is first called.

The standard library writes and compiles five methods for every class as it is defined, and loads `inspect` to do so:
for our classes that is a tenth of a second before anything else can begin. Here defining one takes some microseconds.
What is left out is what we do not use: a class always has slots, and may not ask for `init`, `repr` or `unsafe_hash`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

LATE: Final[list[Any]] = []
"""All methods that are written when they are first called."""

if TYPE_CHECKING:
    from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass, replace
else:

    class _Missing:
        """What stands for no value."""

        def __repr__(self) -> str:
            return "MISSING"

    MISSING: Final = _Missing()
    NAME: Final = "__values__"
    """The attribute of a class that holds its fields in order."""

    class Field:
        """One field of a class."""

        __slots__ = (
            "compare",
            "default",
            "default_factory",
            "init",
            "kw_only",
            "metadata",
            "name",
            "repr",
            "type",
        )

        def __init__(self, default, default_factory, init, repr, compare, metadata, kw_only) -> None:
            self.name = self.type = None
            self.default, self.default_factory = default, default_factory
            self.init, self.repr, self.compare, self.kw_only = init, repr, compare, kw_only
            self.metadata = {} if metadata is None else metadata

    def field(
        *,
        default=MISSING,
        default_factory=MISSING,
        init=True,
        repr=True,
        compare=True,
        metadata=None,
        kw_only=False,
    ):
        """What is to be said of a field beside its type."""
        return Field(default, default_factory, init, repr, compare, metadata, kw_only)

    def fields(of):
        """The fields of a class or value, in order."""
        try:
            return getattr(of, NAME)
        except AttributeError:
            raise TypeError("must be called with a dataclass type or instance") from None

    def is_dataclass(of):
        """Whether something is a class of values, or one of them."""
        return hasattr(of, NAME)

    def replace(value, /, **changes):
        """The same value with some fields changed."""
        for each in fields(value):
            if each.init and each.name not in changes:
                changes[each.name] = getattr(value, each.name)
        return value.__class__(**changes)

    def dataclass(cls=None, /, *, frozen=False, slots=False, eq=True, order=False):
        """Make a class one of values."""
        assert slots, "ours have slots"
        return lambda cls: _made(cls, frozen, eq, order)

    def _made(cls, frozen, eq, order):
        space = dict(cls.__dict__)
        listed, own = _fields(cls, space)
        inherited = {name for base in cls.__mro__[1:] for name in getattr(base, "__slots__", ())}
        space.pop("__dict__", None)
        space.pop("__weakref__", None)
        space[NAME] = listed
        space["__slots__"] = tuple(name for name in own if name not in inherited)
        space["__match_args__"] = tuple(each.name for each in listed if each.init and not each.kw_only)
        space["__dataclass_fields__"] = STANDARD
        late = {"__init__": _init(frozen), "__repr__": _repr}
        if eq:
            late["__eq__"] = _eq
            if frozen:
                late["__hash__"] = _hash
            else:
                space.setdefault("__hash__", None)
        if order:
            late |= ORDER
        if frozen:
            space["__setattr__"] = space["__delattr__"] = _refused
            space["__getstate__"], space["__setstate__"] = _state, _restored
        made = {name: _late(name, write) for name, write in late.items() if space.get(name) is None}
        new = type(cls)(cls.__name__, cls.__bases__, space | made)
        new.__qualname__ = cls.__qualname__
        for method in made.values():
            method.owner = new
        return new

    def _fields(cls, space):
        """All fields, those of the bases first, and the names of its own; their defaults leave the class."""
        found = {each.name: each for base in cls.__mro__[:0:-1] for each in base.__dict__.get(NAME, ())}
        own = []
        for name, type_ in space.get("__annotations__", {}).items():
            default = space.pop(name, MISSING)
            each = default if isinstance(default, Field) else field(default=default)
            each.name, each.type = name, type_
            found[name] = each
            own.append(name)
        return tuple(found.values()), own

    def _late(name, write):
        """A method that is written when it is first called."""

        def method(self, /, *args, **keywords):
            return method.write()(self, *args, **keywords)

        def written():
            ready = write(method.owner)
            ready.__qualname__ = f"{method.owner.__qualname__}.{name}"
            setattr(method.owner, name, ready)
            return ready

        method.write = written
        LATE.append(method)
        return method

    def _written(text, space):
        exec(text, space)
        return space["method"]

    def _init(frozen):
        """What fills a new value: through its slots where it must not be changed afterwards."""

        def write(owner):
            space, lines, plain, named = {"MISSING": MISSING}, [], [], []
            for each in fields(owner):
                name = each.name
                value = name if each.init else f"d_{name}"
                if each.default_factory is not MISSING:
                    space[f"f_{name}"] = each.default_factory
                    value = f"{name} if {name} is not MISSING else f_{name}()" if each.init else f"f_{name}()"
                    text = f"{name}=MISSING"
                elif each.default is not MISSING:
                    space[f"d_{name}"] = each.default
                    text = f"{name}=d_{name}"
                else:
                    text = name
                    if not each.init:
                        continue
                if each.init:
                    (named if each.kw_only else plain).append(text)
                if frozen:
                    space[f"p_{name}"] = getattr(owner, name).__set__
                    lines.append(f"    p_{name}(self, {value})")
                else:
                    lines.append(f"    self.{name} = {value}")
            if hasattr(owner, "__post_init__"):
                lines.append("    self.__post_init__()")
            listed = ", ".join(["self", *plain, *(["*", *named] if named else [])])
            return _written(f"def method({listed}):\n" + ("\n".join(lines) or "    pass"), space)

        return write

    def _compared(owner, of):
        return "(" + "".join(f"{of}.{each.name}, " for each in fields(owner) if each.compare) + ")"

    def _repr(owner):
        shown = ", ".join(f"{each.name}={{self.{each.name}!r}}" for each in fields(owner) if each.repr)
        return _written(f"def method(self):\n    return f'{{self.__class__.__qualname__}}({shown})'", {})

    def _hash(owner):
        return _written(f"def method(self):\n    return hash({_compared(owner, 'self')})", {})

    def _comparing(sign):
        def write(owner):
            mine, other = _compared(owner, "self"), _compared(owner, "other")
            return _written(
                "def method(self, other):\n"
                "    if other.__class__ is not self.__class__:\n"
                "        return NotImplemented\n"
                f"    return {mine} {sign} {other}",
                {},
            )

        return write

    _eq = _comparing("==")
    ORDER: Final = {
        name: _comparing(sign)
        for name, sign in (("__lt__", "<"), ("__le__", "<="), ("__gt__", ">"), ("__ge__", ">="))
    }

    def _refused(self, name, *_):
        """Nothing sets or deletes a field of a frozen value."""
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot change field {name!r}")

    def _state(self):
        """What copies and pickles of a frozen value are made from."""
        return tuple(getattr(self, each.name) for each in fields(self))

    def _restored(self, state):
        cls = self.__class__
        for each, value in zip(fields(self), state, strict=True):
            getattr(cls, each.name).__set__(self, value)

    class _Standard:
        """What the standard library's own functions look for, made if one of them does."""

        def __get__(self, value, owner):
            import dataclasses

            found = {}
            for each in fields(owner):
                known = {name: getattr(each, name) for name in ("init", "repr", "compare", "kw_only")}
                for name in ("default", "default_factory"):
                    own = getattr(each, name)
                    known[name] = dataclasses.MISSING if own is MISSING else own
                made = dataclasses.Field(**known, hash=None, metadata=each.metadata)
                made.name, made.type, made._field_type = each.name, each.type, dataclasses._FIELD
                found[each.name] = made
            return found

    STANDARD: Final = _Standard()


def write_all() -> None:
    """Write all methods that are not written yet, so that no text is compiled later on."""
    for method in LATE:
        method.write()
    LATE.clear()


__all__ = ["MISSING", "Field", "dataclass", "field", "fields", "is_dataclass", "replace", "write_all"]
