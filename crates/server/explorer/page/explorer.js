// Starts GraphiQL on /graphql and offers the ready example queries in a menu.
"use strict";

(async () => {
  const place = document.getElementById("graphiql");
  const menu = document.getElementById("examples");

  const examples = await fetch("/graphiql/examples.json")
    .then((answer) => (answer.ok ? answer.json() : []))
    .catch(() => []);

  // One release of several can be looked at: /graphiql?release=<id> or ?campaign=<id>.
  const asked = new URLSearchParams(window.location.search);
  const endpoint = new URL("/graphql", window.location.href);
  for (const name of ["release", "campaign"]) {
    if (asked.has(name)) endpoint.searchParams.set(name, asked.get(name));
  }
  const fetcher = GraphiQL.createFetcher({ url: endpoint.toString() });

  const heading = document.createElement("option");
  heading.value = "";
  heading.textContent = examples.length > 0 ? "— chọn · choose —" : "— không có · none —";
  menu.append(heading);
  for (const example of examples) {
    const option = document.createElement("option");
    option.value = example.id;
    option.textContent = `${example.vi} · ${example.en}`;
    menu.append(option);
  }

  const root = ReactDOM.createRoot(place);
  // A query that is given replaces what stands in the open tab; `undefined` leaves it.
  const show = (query) =>
    root.render(
      React.createElement(GraphiQL, {
        fetcher,
        query,
        defaultQuery: examples.length > 0 ? examples[0].query : undefined,
        defaultEditorToolsVisibility: true,
      }),
    );

  const choose = (id) => {
    const example = examples.find((it) => it.id === id);
    if (!example) return false;
    menu.value = id;
    show(example.query);
    return true;
  };
  menu.addEventListener("change", () => {
    if (choose(menu.value)) window.location.hash = menu.value;
  });
  // A link can name an example: /graphiql#bang-xep-hang.
  if (!choose(decodeURIComponent(window.location.hash.slice(1)))) show(undefined);
})();
