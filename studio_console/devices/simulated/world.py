"""One simulated OBS: its collections, what is on air, and the events that tell of it.

Nothing here knows the network. Time comes in as ``now`` and ``later``; events go out through ``emit``. Everything runs
in one thread, the server's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Protocol

from studio_console.devices.simulated.air import Air
from studio_console.devices.simulated.kinds import TRANSITION_KINDS, InputKind
from studio_console.devices.simulated.model import (
    Collection,
    Input,
    Item,
    Scene,
    Source,
    Transition,
    holds,
    tidy,
)
from studio_console.devices.simulated.outputs import Output
from studio_console.devices.simulated.players import Players
from studio_console.devices.simulated.protocol import Data, Intent, Refusal, Status


class PictureFault(Enum):
    """What can be wrong with every picture of an OBS."""

    BLACK = "black"
    STILL = "still"


class Timer(Protocol):
    def cancel(self) -> None: ...


class World:
    """``later`` calls back after that many seconds of ``now``'s clock."""

    def __init__(
        self,
        canvas: tuple[int, int],
        fps: int,
        version: str,
        now: Callable[[], float],
        later: Callable[[float, Callable[[], None]], Timer],
        emit: Callable[[Intent, str, Data | None], None],
        transitions: Iterable[str] = ("cut_transition", "fade_transition"),
    ) -> None:
        self.canvas = canvas
        self.output_size = canvas
        self.fps = (fps, 1)
        self.version = version
        self.now = now
        self.later = later
        self.emit = emit
        self.started_at = now()
        self.disk_free = 100_000.0
        """MB."""
        self.picture_fault: PictureFault | None = None
        self.held: dict[str, bytes] = {}
        """The last picture of each source, while all of them stand still."""
        self.transition_kinds = tuple(transitions)
        self.profiles = ["Untitled"]
        self.profile = "Untitled"
        self.profile_parameters: dict[tuple[str, str], str] = {}
        self.persistent: dict[tuple[str, str], object] = {}
        self.stream = Output(self, "Stream", has_path=False)
        self.record = Output(self, "Record", has_path=True)
        self.stream_service: Data = {"streamServiceType": "rtmp_common", "streamServiceSettings": {}}
        self.collections = {"Untitled": self._new_collection("Untitled")}
        self.collection = self.collections["Untitled"]
        first = Scene("Scene")
        self.collection.sources[first.name] = first
        self.players = Players(self)
        self.air = Air(self, first)
        self.players.look()

    @property
    def frame(self) -> float:
        """Seconds between two pictures."""
        return self.fps[1] / self.fps[0]

    # --- looking up -------------------------------------------------------------------------------------------

    def source(self, name: str) -> Source:
        """Raises Refusal where there is none of that name."""
        found = self.collection.sources.get(name)
        if found is None:
            raise Refusal(Status.NOT_FOUND, f"No source was found by the name of `{name}`.")
        return found

    def scene(self, name: str) -> Scene:
        found = self.source(name)
        if not isinstance(found, Scene):
            raise Refusal(Status.SOURCE_TYPE, "The specified source is not a scene.")
        return found

    def input(self, name: str) -> Input:
        found = self.source(name)
        if not isinstance(found, Input):
            raise Refusal(Status.SOURCE_TYPE, "The specified source is not an input.")
        return found

    def item(self, scene: Scene, number: int) -> Item:
        for item in scene.items:
            if item.id == number:
                return item
        raise Refusal(Status.NOT_FOUND, f"No scene items were found in scene `{scene.name}` with the ID `{number}`.")

    def natural_size(self, source: Source) -> tuple[int, int]:
        """The size of a source's own picture in px; 0 × 0 where it shows nothing now."""
        from studio_console.devices.simulated.pictures import natural_size  # it draws, and Pillow is slow to load

        return natural_size(self, source)

    # --- scenes -----------------------------------------------------------------------------------------------

    def create_scene(self, name: str) -> Scene:
        self.refuse_taken(name, "A source already exists by that scene name.")
        scene = Scene(name)
        self.collection.sources[name] = scene
        self.emit(Intent.SCENES, "SceneCreated", {"sceneName": name, "isGroup": False})
        self.tell_scene_list()
        return scene

    def remove_scene(self, scene: Scene) -> None:
        """A scene on air is left first, for the one below it in the list of scenes, or else the one above."""
        order = list(self.collection.scenes())
        place = order.index(scene) if scene in order else 0
        scene.removed = True
        self.emit(Intent.SCENES, "SceneRemoved", {"sceneName": scene.name, "isGroup": False})
        rest = [other for other in order if other is not scene]
        if rest:
            self.air.leave(scene, rest[min(place, len(rest) - 1)])
        self.tell_scene_list()
        for item in list(scene.items):
            self.remove_item(scene, item, told=False)
        self.sweep_soon(scene)

    def rename(self, source: Source, name: str, comment: str) -> None:
        self.refuse_taken(name, comment)
        old = source.name
        self.collection.rename(source, name)
        if isinstance(source, Scene):
            self.emit(Intent.SCENES, "SceneNameChanged", {"oldSceneName": old, "sceneName": name})
        else:
            self.emit(Intent.INPUTS, "InputNameChanged", {"oldInputName": old, "inputName": name})

    def refuse_taken(self, name: str, comment: str) -> None:
        if name in self.collection.sources:
            raise Refusal(Status.ALREADY_EXISTS, comment)

    def scene_list(self) -> list[Data]:
        """As OBS tells it: the newest first."""
        names = [scene.name for scene in self.collection.scenes()]
        return [{"sceneIndex": place, "sceneName": name} for place, name in enumerate(reversed(names))]

    def tell_scene_list(self) -> None:
        self.emit(Intent.SCENES, "SceneListChanged", {"scenes": self.scene_list()})

    # --- inputs -----------------------------------------------------------------------------------------------

    def create_input(self, scene: Scene, name: str, kind: InputKind, settings: Data, enabled: bool) -> Item:
        self.refuse_taken(name, "A source already exists by that input name.")
        new = Input(name, kind=kind, settings=tidy(settings))
        self.collection.sources[name] = new
        self.tell_input_created(new)
        self.players.opened(new)
        return self.create_item(scene, new, enabled)

    def tell_input_created(self, made: Input) -> None:
        about = {
            "inputName": made.name,
            "inputKind": made.kind.name,
            "unversionedInputKind": made.kind.unversioned,
            "inputSettings": made.settings,
            "defaultInputSettings": made.kind.defaults,
        }
        self.emit(Intent.INPUTS, "InputCreated", about)

    def remove_input(self, gone: Input) -> None:
        """Its name and items stay until the scenes that hold it are rendered; of those off air that may be never."""
        if not gone.removed:
            gone.removed = True
            self.emit(Intent.INPUTS, "InputRemoved", {"inputName": gone.name})
        self.sweep_soon(gone)

    # --- items ------------------------------------------------------------------------------------------------

    def create_item(self, scene: Scene, source: Source, enabled: bool) -> Item:
        if source is scene:
            raise Refusal(Status.CANNOT_ACT, "You cannot create scene item of a scene within itself.")
        if isinstance(source, Scene) and holds(source, scene):
            raise Refusal(Status.CREATION_FAILED, "Failed to create the scene item.")
        item = Item(scene.next_id, source, enabled=enabled)
        scene.next_id += 1
        scene.items.append(item)
        where = {"sceneName": scene.name, "sceneItemId": item.id}
        place = {"sourceName": source.name, "sceneItemIndex": len(scene.items) - 1}
        self.emit(Intent.SCENE_ITEMS, "SceneItemCreated", where | place)
        if not enabled:
            self.emit(Intent.SCENE_ITEMS, "SceneItemEnableStateChanged", where | {"sceneItemEnabled": False})
        self.emit(Intent.SCENE_ITEMS, "SceneItemSelected", where)
        self.players.look()
        return item

    def remove_item(self, scene: Scene, item: Item, told: bool = True) -> None:
        """The last item of an input takes the input with it."""
        scene.items.remove(item)
        if told:
            about = {"sceneName": scene.name, "sourceName": item.source.name, "sceneItemId": item.id}
            self.emit(Intent.SCENE_ITEMS, "SceneItemRemoved", about)
        self.players.look()
        self._let_go(item.source)

    def _let_go(self, source: Source) -> None:
        """Forget what no scene holds any more: removed things, and inputs, which live in scenes only."""
        if isinstance(source, Scene) and not source.removed:
            return
        if any(item.source is source for scene in self.collection.all_scenes() for item in scene.items):
            return
        if self.collection.sources.get(source.name) is source:
            del self.collection.sources[source.name]
        if isinstance(source, Input):
            self.players.closed(source)
            if not source.removed:
                source.removed = True
                self.emit(Intent.INPUTS, "InputRemoved", {"inputName": source.name})

    def sweep_soon(self, gone: Source) -> None:
        """With the next picture, scenes that are rendered let go of what was removed."""

        def sweep() -> None:
            self.sweep(self.players.rendered)
            self._let_go(gone)

        self.later(self.frame, sweep)

    def sweep(self, scenes: Iterable[Scene]) -> None:
        for scene in list(scenes):
            for item in [item for item in scene.items if item.source.removed]:
                self.remove_item(scene, item)

    # --- collections and studio mode --------------------------------------------------------------------------

    def _new_collection(self, name: str) -> Collection:
        kinds = [TRANSITION_KINDS[kind] for kind in self.transition_kinds]
        transitions = [Transition(kind.usual_name, kind) for kind in kinds]
        usual = next((entry for entry in transitions if entry.kind.name == "fade_transition"), transitions[0])
        return Collection(name, transitions, usual)

    def create_collection(self, name: str) -> None:
        if name in self.collections:
            raise Refusal(Status.ALREADY_EXISTS)
        made = self._new_collection(name)
        made.sources["Scene"] = Scene("Scene")
        self.collections[name] = made
        self.change_collection(name)
        self.emit(Intent.CONFIG, "SceneCollectionListChanged", {"sceneCollections": sorted(self.collections)})

    def change_collection(self, name: str) -> None:
        if name not in self.collections:
            raise Refusal(Status.NOT_FOUND)
        if name == self.collection.name:
            return
        old, new = self.collection, self.collections[name]
        self.emit(Intent.CONFIG, "CurrentSceneCollectionChanging", {"sceneCollectionName": old.name})
        old.program = self.air.program.name
        for source in list(old.sources.values()):
            if source.removed:
                del old.sources[source.name]
        self.players.close_all()
        for gone in old.inputs():
            self.emit(Intent.INPUTS, "InputRemoved", {"inputName": gone.name})
        for left in old.scenes():
            self.emit(Intent.SCENES, "SceneRemoved", {"sceneName": left.name, "isGroup": False})
        self.collection = new
        for made in new.inputs():
            self.tell_input_created(made)
        scenes = list(new.scenes())
        for scene in scenes:
            self.emit(Intent.SCENES, "SceneCreated", {"sceneName": scene.name, "isGroup": False})
        for made in new.inputs():
            self.players.opened(made)
        program = next((scene for scene in scenes if scene.name == new.program), scenes[0] if scenes else Scene(""))
        self.air.begin(program)
        self.emit(Intent.SCENES, "CurrentProgramSceneChanged", {"sceneName": program.name})
        self.emit(Intent.CONFIG, "CurrentSceneCollectionChanged", {"sceneCollectionName": new.name})
