"""Filters of sources: kept and told, and of no effect on the simulation's pictures."""

from __future__ import annotations

from studio_console.devices.simulated.fields import Fields
from studio_console.devices.simulated.kinds import FILTER_KINDS
from studio_console.devices.simulated.model import Filter, Source, overlaid, tidy
from studio_console.devices.simulated.protocol import Data, Intent, Refusal, Status
from studio_console.devices.simulated.requests.registry import answers
from studio_console.devices.simulated.world import World


def _found(world: World, fields: Fields) -> tuple[Source, Filter]:
    source, name = world.source(fields.text("sourceName")), fields.text("filterName")
    for entry in source.filters:
        if entry.name == name:
            return source, entry
    raise Refusal(Status.NOT_FOUND, f"No filter was found in the source `{source.name}` with the name `{name}`.")


def _about(source: Source, entry: Filter) -> Data:
    return {
        "filterEnabled": entry.enabled,
        "filterIndex": source.filters.index(entry),
        "filterKind": entry.kind,
        "filterSettings": entry.settings,
    }


def _tell(world: World, event: str, source: Source, about: Data) -> None:
    world.emit(Intent.FILTERS, event, {"sourceName": source.name, **about})


@answers("GetSourceFilterList")
def get_source_filter_list(world: World, fields: Fields) -> Data:
    source = world.source(fields.text("sourceName"))
    return {"filters": [{"filterName": entry.name, **_about(source, entry)} for entry in source.filters]}


@answers("GetSourceFilterDefaultSettings")
def get_source_filter_default_settings(_: World, fields: Fields) -> Data:
    return {"defaultFilterSettings": _defaults(fields)}


def _defaults(fields: Fields) -> Data:
    defaults = FILTER_KINDS.get(fields.text("filterKind"))
    if defaults is None:
        comment = "Your specified filter kind is not supported by OBS. Check that any necessary plugins are loaded."
        raise Refusal(Status.FILTER_KIND, comment)
    return defaults


@answers("CreateSourceFilter")
def create_source_filter(world: World, fields: Fields) -> None:
    source, name = world.source(fields.text("sourceName")), fields.text("filterName")
    if any(entry.name == name for entry in source.filters):
        raise Refusal(Status.ALREADY_EXISTS, "A filter already exists by that name.")
    defaults = _defaults(fields)
    settings = fields.data("filterSettings", may_be_empty=True) if fields.has("filterSettings") else {}
    entry = Filter(name, fields.text("filterKind"), tidy(settings))
    source.filters.append(entry)
    about = _about(source, entry)
    about.pop("filterEnabled")
    _tell(world, "SourceFilterCreated", source, {"filterName": name, **about, "defaultFilterSettings": defaults})


@answers("RemoveSourceFilter")
def remove_source_filter(world: World, fields: Fields) -> None:
    source, entry = _found(world, fields)
    source.filters.remove(entry)
    _tell(world, "SourceFilterRemoved", source, {"filterName": entry.name})


@answers("GetSourceFilter")
def get_source_filter(world: World, fields: Fields) -> Data:
    return _about(*_found(world, fields))


@answers("SetSourceFilterName")
def set_source_filter_name(world: World, fields: Fields) -> None:
    source, entry = _found(world, fields)
    name = fields.text("newFilterName")
    if any(other.name == name for other in source.filters):
        raise Refusal(Status.ALREADY_EXISTS, "A filter already exists by that new name.")
    old, entry.name = entry.name, name
    _tell(world, "SourceFilterNameChanged", source, {"oldFilterName": old, "filterName": name})


@answers("SetSourceFilterIndex")
def set_source_filter_index(world: World, fields: Fields) -> None:
    source, entry = _found(world, fields)
    place = fields.integer("filterIndex", 0, 8192)
    source.filters.remove(entry)
    source.filters.insert(place, entry)
    order = [{"filterName": each.name, **_about(source, each)} for each in source.filters]
    _tell(world, "SourceFilterListReindexed", source, {"filters": order})


@answers("SetSourceFilterSettings")
def set_source_filter_settings(world: World, fields: Fields) -> None:
    _, entry = _found(world, fields)
    changes = fields.data("filterSettings", may_be_empty=True)
    entry.settings = overlaid(entry.settings, changes) if fields.optional_flag("overlay", True) else tidy(changes)


@answers("SetSourceFilterEnabled")
def set_source_filter_enabled(world: World, fields: Fields) -> None:
    source, entry = _found(world, fields)
    entry.enabled = fields.flag("filterEnabled")
    about = {"filterName": entry.name, "filterEnabled": entry.enabled}
    _tell(world, "SourceFilterEnableStateChanged", source, about)
