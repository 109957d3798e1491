(() => {
  // before anything is painted: the colours and the language that this phone keeps
  try {
    const page = document.documentElement;
    const { theme, lang } = localStorage;
    if (["light", "dark", "sun"].includes(theme)) {
      page.dataset.theme = theme;
    }
    if (lang && lang !== page.lang && !/[?&]lang=/.test(location.search)) {
      page.hidden = true;
      const asked = new URL(location.href);
      asked.searchParams.set("lang", lang);
      location.replace(asked);
    }
  } catch {
    // without a store there is nothing to know
  }
})();
