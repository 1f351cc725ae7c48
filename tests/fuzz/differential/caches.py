"""The bounded caches of a process, and how full they are: found, not listed.

A cache is a function with an `lru_cache`, or an `OrderedDict` that belongs to an object of the product or of
its database driver: that is how least recently used entries are dropped here.
"""

import functools
import gc
import sys
from collections import Counter, OrderedDict
from collections.abc import Iterator
from pathlib import Path

_OURS = ("asyncpg", "graphql", "models", "rules", "schema", "settings", "strawberry")


class Caches:
    """The caches, found again each time: connections have caches of their own."""

    def __init__(self) -> None:
        """Remember what is there by now: the garbage collector does not list what it was told to forget."""
        frozen = gc.get_freeze_count()
        gc.unfreeze()
        self._early = [one for one in gc.get_objects() if _is_holder(one)]
        if frozen:
            gc.freeze()

    def sizes(self) -> Counter[str]:
        """Return the number of entries by cache; of objects of one class together."""
        found: Counter[str] = Counter()
        for name, cached in _functions():
            found[f"{name} (at most {cached.cache_info().maxsize:,})"] = cached.cache_info().currsize
        late = [one for one in gc.get_objects() if _is_holder(one)]
        for holder in {id(one): one for one in (*self._early, *late)}.values():
            for name, kept in _kept(holder):
                kind = type(holder)
                found[f"{kind.__module__}.{kind.__qualname__}.{name}"] += len(kept)
        return found


def resident() -> int:
    """Return the resident memory of this process in bytes."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("this system does not report the memory of a process")


def _functions() -> "Iterator[tuple[str, functools._lru_cache_wrapper[object]]]":
    seen = set[int]()
    for module_name, module in sorted(sys.modules.items()):
        if module_name.partition(".")[0] not in _OURS or module is None:
            continue
        for name, one in sorted(vars(module).items()):
            if isinstance(one, functools._lru_cache_wrapper) and id(one) not in seen:
                seen.add(id(one))
                if one.cache_info().maxsize is not None:
                    yield f"{module_name}.{name}", one


def _is_holder(one: object) -> bool:
    module = type(one).__module__  # a descriptor, of some classes
    return isinstance(module, str) and module.partition(".")[0] in _OURS and any(_kept(one))


def _kept(holder: object) -> Iterator[tuple[str, OrderedDict[object, object]]]:
    try:
        names = {**getattr(holder, "__dict__", {}), **dict.fromkeys(getattr(holder, "__slots__", ()))}
        for name in names:
            value = getattr(holder, name, None)
            if type(value) is OrderedDict:
                yield name, value
    except Exception:  # noqa: BLE001 - such as an attribute that is computed
        return
