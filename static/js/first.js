(() => {
  // as soon as the cards are there, before any file of scripts: the one that is true now
  const cards = [...document.querySelectorAll("#now [data-card]")];
  const begun = cards.filter(({ dataset }) => !dataset.begins || Date.parse(dataset.begins) <= Date.now());
  begun.slice(-1).forEach((card) => {
    card.hidden = false;
  });
})();
