// What is only comfort: every page works without this file.
(function () {
  "use strict";
  function each(selector, run) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), run);
  }

  // Files can be dropped on the frame around their input; the chosen ones are listed.
  each("[data-drop]", function (drop) {
    var input = drop.querySelector("input[type=file]");
    var list = drop.querySelector("[data-chosen]");
    function show() {
      list.textContent = "";
      Array.prototype.forEach.call(input.files, function (file) {
        var item = document.createElement("li");
        item.textContent = file.name + " (" + Math.ceil(file.size / 1024) + " KB)";
        list.appendChild(item);
      });
    }
    input.addEventListener("change", show);
    ["dragenter", "dragover"].forEach(function (name) {
      drop.addEventListener(name, function (event) {
        event.preventDefault();
        drop.classList.add("over");
      });
    });
    ["dragleave", "drop"].forEach(function (name) {
      drop.addEventListener(name, function () { drop.classList.remove("over"); });
    });
    drop.addEventListener("drop", function (event) {
      event.preventDefault();
      try {
        input.files = event.dataTransfer.files;
      } catch (e) {
        input.click();
      }
      show();
    });
  });

  // A form that was sent once is not sent twice by a second click.
  each("form", function (form) {
    var sent = false;
    form.addEventListener("submit", function (event) {
      if (sent) { event.preventDefault(); }
      sent = true;
      form.setAttribute("aria-busy", "true");
    });
    window.addEventListener("pageshow", function () { sent = false; form.removeAttribute("aria-busy"); });
  });

  each("[data-reload]", function (box) {
    window.setTimeout(function () { location.reload(); }, 1000 * box.getAttribute("data-reload"));
  });

  // What runs at the server tells its progress; the page is loaded again when it is done. Where
  // events do not arrive, the page is loaded again every few seconds.
  each("[data-events]", function (box) {
    function again(delay) { window.setTimeout(function () { location.reload(); }, delay); }
    if (!window.EventSource) { again(3000); return; }
    var source = new EventSource(box.getAttribute("data-events"));
    var bar = document.querySelector("[data-progress]");
    var text = document.querySelector("[data-progress-text]");
    source.addEventListener("progress", function (event) {
      var parts = event.data.split("/");
      if (bar) { bar.max = parts[1]; bar.value = parts[0]; }
      if (text) { text.textContent = event.data; }
    });
    source.addEventListener("done", function () { source.close(); again(0); });
    source.onerror = function () { source.close(); again(3000); };
  });

  each("[data-print]", function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  // Long lists are narrowed while typing.
  each("[data-narrow]", function (input) {
    var rows = document.querySelectorAll(input.getAttribute("data-narrow"));
    function plain(text) {
      text = text.toLowerCase().replace(/đ/g, "d");
      return text.normalize ? text.normalize("NFD").replace(/[\u0300-\u036f]/g, "") : text;
    }
    input.addEventListener("input", function () {
      var wanted = plain(input.value);
      Array.prototype.forEach.call(rows, function (row) {
        row.hidden = plain(row.textContent).indexOf(wanted) < 0;
      });
    });
  });
})();
