/* Stops are dragged by their discs. */

export function start(editor) {
  const column = document.getElementById("column");

  /* What could not be saved stands where it stood. */
  function putBack(item, position) {
    const others = [...item.parentElement.querySelectorAll(".stop")].filter((one) => one !== item);
    if (others[position]) {
      others[position].before(item);
    } else {
      others.at(-1).after(item);
    }
  }

  function makeSortable() {
    const list = document.getElementById("stops");
    if (!window.Sortable || !list || window.Sortable.get(list)) {
      return;
    }
    window.Sortable.create(list, {
      draggable: ".stop",
      handle: ".disc",
      animation: window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
      onEnd(event) {
        if (event.oldDraggableIndex !== event.newDraggableIndex) {
          const { item, oldDraggableIndex: before } = event;
          editor.move(item.dataset.stop, event.newDraggableIndex).then((isTaken) => {
            if (!isTaken && item.isConnected) {
              putBack(item, before);
            }
          });
        }
      },
    });
  }

  column.addEventListener("editor:updated", makeSortable);
  makeSortable();
}
