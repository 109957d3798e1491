/* Stops are dragged by their discs. */

export function start(editor) {
  const column = document.getElementById("column");

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
          editor.move(event.item.dataset.stop, event.newDraggableIndex);
        }
      },
    });
  }

  column.addEventListener("editor:updated", makeSortable);
  makeSortable();
}
