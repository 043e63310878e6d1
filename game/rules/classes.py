"""How is a class of values made?  As by `dataclasses`, but each of its methods only when it is first called.

The standard library writes and compiles five methods for every class as it is defined, and loads `inspect` to do so:
for our classes that is a tenth of a second before anything else can begin. Here defining one takes some microseconds.
What is left out is what we do not use: a class always has slots, and may not ask for `init`, `repr` or `unsafe_hash`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass, replace

    def write_all() -> None:
        """Write all methods that are not written yet, so that no text is compiled later on."""

else:

    class _Missing:
        """What stands for no value."""

        def __repr__(self) -> str:
            return "MISSING"

    MISSING: Final = _Missing()
    SAID: Final = "__said__"
    """The attribute of a class that holds, for each field, its type and what else is said of it."""
    FIELDS: Final = {}
    SLOTS: Final = {}
    """By class what was asked for once."""
    MADE: Final = []
    """All classes of values."""

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
            self.default, self.default_factory = default, default_factory
            self.init, self.repr, self.compare, self.kw_only = init, repr, compare, kw_only
            self.metadata = metadata

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
        return Field(default, default_factory, init, repr, compare, metadata or {}, kw_only)

    def fields(of):
        """The fields of a class or value, in order."""
        cls = of if isinstance(of, type) else of.__class__
        found = FIELDS.get(cls)
        if found is None:
            if not is_dataclass(cls):
                raise TypeError("must be called with a dataclass type or instance")
            found = FIELDS[cls] = tuple(_field(name, *said) for name, said in getattr(cls, SAID).items())
        return found

    def _field(name, type_, said):
        each = said if isinstance(said, Field) else field(default=said)
        each.name, each.type = name, type_
        return each

    def is_dataclass(of):
        """Whether something is a class of values, or one of them."""
        return hasattr(of, SAID)

    def replace(value, /, **changes):
        """The same value with some fields changed."""
        for each in fields(value):
            if each.init and each.name not in changes:
                changes[each.name] = getattr(value, each.name)
        return value.__class__(**changes)

    def dataclass(cls=None, /, *, frozen=False, slots=False, eq=True, order=False):
        """Make a class one of values."""
        assert slots, "ours have slots"
        late = (FROZEN if frozen else CHANGING) if eq else ALONE
        return lambda cls: _made(cls, late | ORDER if order else late)

    def _made(cls, late):
        space = dict(cls.__dict__)
        own = {
            name: (type_, space.pop(name, MISSING))
            for name, type_ in space.get("__annotations__", {}).items()
        }
        said, inherited = own, ()
        for base in cls.__mro__[1:-1]:
            said = getattr(base, SAID, {}) | said
            inherited += (*getattr(base, "__slots__", ()),)
        space.pop("__dict__", None)
        space.pop("__weakref__", None)
        space[SAID] = said
        space["__slots__"] = [name for name in own if name not in inherited] if inherited else [*own]
        space["__match_args__"] = tuple(name for name, (_, each) in said.items() if _has_place(each))
        if space.get("__hash__", late) is None:
            del space["__hash__"]  # of a class with an own `__eq__`
        space = late | space
        new = type(cls)(cls.__name__, cls.__bases__, space)
        new.__qualname__ = cls.__qualname__
        MADE.append(new)
        return new

    def _has_place(said):
        """Whether a field can be given without its name."""
        return not isinstance(said, Field) or (said.init and not said.kw_only)

    def _late(name):
        """A method of all classes, which each has written for itself when it is first called."""

        def method(self, /, *args, **keywords):
            for owner in self.__class__.__mro__:
                if owner.__dict__.get(name) is method:
                    return _ready(owner, name)(self, *args, **keywords)
            return getattr(self, name)(*args, **keywords)  # another thread was faster

        return method

    def _ready(owner, name):
        ready = WRITERS[name](owner)
        ready.__qualname__ = f"{owner.__qualname__}.{name}"
        setattr(owner, name, ready)
        return ready

    def _written(text, space):
        exec(text, space)
        return space["method"]

    def _init(owner):
        """What fills a new value: through its slots where it must not be changed afterwards."""
        frozen = owner.__setattr__ is _refused
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

    def _refused(self, name, *_):
        """Nothing sets or deletes a field of a frozen value."""
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot change field {name!r}")

    def _state(self):
        """What copies and pickles of a frozen value are made from."""
        return tuple([getattr(self, name) for name in _slots(self.__class__)])

    def _restored(self, state):
        for put, value in zip(_slots(self.__class__).values(), state, strict=True):
            put(self, value)

    def _slots(cls):
        """For each field what fills its slot."""
        found = SLOTS.get(cls)
        if found is None:
            found = SLOTS[cls] = {each.name: getattr(cls, each.name).__set__ for each in fields(cls)}
        return found

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

    COMPARING: Final = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}
    WRITERS: Final = {
        "__init__": _init,
        "__repr__": _repr,
        "__hash__": _hash,
        "__eq__": _comparing("=="),
        **{name: _comparing(sign) for name, sign in COMPARING.items()},
    }
    METHODS: Final = {name: _late(name) for name in WRITERS}
    ALONE: Final = {
        "__init__": METHODS["__init__"],
        "__repr__": METHODS["__repr__"],
        "__dataclass_fields__": _Standard(),
    }
    CHANGING: Final = ALONE | {"__eq__": METHODS["__eq__"], "__hash__": None}
    FROZEN: Final = CHANGING | {
        "__hash__": METHODS["__hash__"],
        "__setattr__": _refused,
        "__delattr__": _refused,
        "__getstate__": _state,
        "__setstate__": _restored,
    }
    ORDER: Final = {name: METHODS[name] for name in COMPARING}
    """What is given to a class that is only itself, whose fields may change, that is frozen, that has an order."""

    def write_all():
        """Write all methods that are not written yet, so that no text is compiled later on."""
        for cls in MADE:
            for name, method in METHODS.items():
                if cls.__dict__.get(name) is method:
                    _ready(cls, name)


__all__ = ["MISSING", "Field", "dataclass", "field", "fields", "is_dataclass", "replace", "write_all"]
