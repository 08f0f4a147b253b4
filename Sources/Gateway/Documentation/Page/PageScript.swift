/// The page's script: shows each operation of the document, and sends a request by it.
///
/// It makes elements and sets their text, never markup: nothing that the document or an answer says
/// becomes code. What is typed stays in the page.
enum PageScript {
  static let text = #"""
    "use strict";

    const make = (name, attributes = {}, ...children) => {
      const element = document.createElement(name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      element.append(...children.filter((child) => child !== null));
      return element;
    };

    const resolve = (api, value) => {
      if (!value || !value.$ref) return value || {};
      return value.$ref.slice(2).split("/").reduce((place, name) => place[name], api);
    };

    /* What may be sent: one entry for each parameter, whatever its place. */
    const inputs = (api, operation) => {
      const found = (operation.parameters || []).map((parameter) => ({
        name: parameter.name, place: parameter.in, required: parameter.required,
        text: parameter.description, schema: resolve(api, parameter.schema),
        example: parameter.example,
      }));
      for (const [type, media] of Object.entries((operation.requestBody || {}).content || {})) {
        const required = media.schema.required || [];
        for (const [name, schema] of Object.entries(media.schema.properties || {})) {
          found.push({
            name, place: type, required: required.includes(name), text: schema.description,
            schema, example: (schema.examples || [])[0],
          });
        }
      }
      return found;
    };

    /* A form sends a list as one field for each value; here they are divided by spaces. */
    const isList = (input) => input.schema.type === "array" && input.place !== "application/json";

    const asText = (input) => {
      const value = isList(input) ? input.example.join(" ") : input.example;
      return typeof value === "string" ? value : JSON.stringify(value);
    };

    /* Only required fields are filled in: what is sent is what was meant. */
    const field = (id, input) => {
      const secret = input.schema.format === "password";
      const box = make("input", {
        id, name: input.name, type: secret ? "password" : "text", autocomplete: "off",
        spellcheck: "false", "aria-describedby": id + "-text",
      });
      if (input.required) {
        box.required = true;
        if (input.example !== undefined) box.value = asText(input);
      } else if (input.example !== undefined && !secret) {
        box.placeholder = asText(input);
      }
      const choices = (input.schema.enum || []).join(", ");
      return make("div", { class: "field" },
        make("label", { for: id }, input.name + (input.required ? " (required)" : "")),
        box,
        make("span", { id: id + "-text", class: "quiet" },
          (input.text || "") + (choices ? ". One of: " + choices : "")));
    };

    const typed = (text, schema) => {
      if (schema.type === "string" || schema.type === undefined) return text;
      try { return JSON.parse(text); } catch { return text; }
    };

    const encoded = (text) => new URLSearchParams([["x", text]]).toString().slice(2);
    const quoted = (text) => "'" + text.replaceAll("'", "'\\''") + "'";

    /* The request that the form describes. */
    const request = (server, path, method, fields, client) => {
      const url = new URL(server + path, location.href);
      const headers = {};
      const form = new URLSearchParams();
      const object = {};
      let type = null;
      for (const { input, box } of fields) {
        if (box.value === "") continue;
        const values = isList(input) ? box.value.trim().split(/\s+/) : [box.value];
        for (const value of values) {
          if (input.place === "query") url.searchParams.append(input.name, value);
          else if (input.place === "header") headers[input.name] = value;
          else if (input.place === "application/json") object[input.name] = typed(value, input.schema);
          else form.append(input.name, value);
          if (input.place.includes("/")) type = input.place;
        }
      }
      if (client && client.id.value !== "") {
        const pair = encoded(client.id.value) + ":" + encoded(client.secret.value);
        headers.Authorization = "Basic " + btoa(pair);
      }
      if (type) headers["Content-Type"] = type;
      const body = type === null ? null
        : type === "application/json" ? JSON.stringify(object) : form.toString();
      return { url, options: { method, headers, body, credentials: "omit", cache: "no-store" } };
    };

    /* The same for a shell; secrets stand for themselves in the shell's variables. */
    const command = ({ url, options }, secrets) => {
      const parts = ["curl", "-i"];
      if (options.method !== "GET") parts.push("-X", options.method);
      for (const [name, value] of Object.entries(options.headers)) {
        if (name === "Authorization") parts.push("-u", '"$CLIENT_ID:$CLIENT_SECRET"');
        else parts.push("-H", quoted(name + ": " + value));
      }
      if (options.body !== null) {
        let body = options.body;
        for (const secret of secrets) {
          if (secret !== "") body = body.replaceAll(secret, "…");
        }
        parts.push("-d", quoted(body));
      }
      return parts.concat(quoted(url.href)).join(" ");
    };

    const shown = async (answer) => {
      const body = await answer.text();
      const lines = [answer.status + " " + answer.statusText];
      for (const [name, value] of answer.headers) lines.push(name + ": " + value);
      let text = body;
      if ((answer.headers.get("content-type") || "").includes("json")) {
        try { text = JSON.stringify(JSON.parse(body), null, 2); } catch { /* shown as it came */ }
      }
      return lines.join("\n") + "\n\n" + text;
    };

    const clientFields = (id, operation) => {
      if (!(operation.security || []).some((scheme) => scheme.client)) return null;
      const box = (suffix, label, type) => {
        const input = make("input", { id: id + suffix, type, autocomplete: "off" });
        return { input, row: make("div", { class: "field" },
          make("label", { for: id + suffix }, label), input) };
      };
      const name = box("-basic-id", "Client id, by client_secret_basic", "text");
      const secret = box("-basic-secret", "Client secret, by client_secret_basic", "password");
      return { id: name.input, secret: secret.input, rows: [name.row, secret.row] };
    };

    const tryIt = (api, server, path, method, operation) => {
      const id = operation.operationId;
      const fields = inputs(api, operation).map((input, index) => {
        const row = field(id + "-" + index, input);
        return { input, row, box: row.querySelector("input") };
      });
      const client = clientFields(id, operation);
      const output = make("div", { id: id + "-answer", role: "status" });
      const form = make("form", { id: id + "-form" },
        make("h3", {}, "Try it"),
        ...(client ? client.rows : []), ...fields.map(({ row }) => row),
        make("button", { type: "submit", id: id + "-send" }, "Send"), output);
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const made = request(server, path, method, fields, client);
        const secrets = fields.filter(({ box }) => box.type === "password")
          .map(({ box }) => encoded(box.value));
        const line = make("pre", {}, command(made, secrets));
        try {
          const answer = await fetch(made.url, made.options);
          output.replaceChildren(line, make("pre", { class: answer.ok ? "" : "bad" }, await shown(answer)));
        } catch (error) {
          output.replaceChildren(line, make("p", { class: "bad" }, "No answer: " + error.message));
        }
      });
      return form;
    };

    const answers = (operation) => make("table", {},
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Status"),
        make("th", { scope: "col" }, "When"), make("th", { scope: "col" }, "Body"))),
      make("tbody", {}, ...Object.entries(operation.responses).map(([status, response]) =>
        make("tr", {}, make("td", {}, status), make("td", {}, response.description),
          make("td", {}, Object.keys(response.content || {}).join(", "))))));

    const section = (api, server, path, method, operation) =>
      make("details", { class: "operation", id: operation.operationId },
        make("summary", {},
          make("span", { class: "method " + method.toLowerCase() }, method), " ",
          make("code", {}, path), " ",
          make("span", { class: "quiet" }, operation.summary)),
        make("div", {},
          operation.description ? make("p", {}, operation.description) : null,
          tryIt(api, server, path, method, operation),
          make("h3", {}, "Answers"), answers(operation)));

    const show = (api) => {
      const main = document.getElementById("endpoints");
      document.title = api.info.title + ": endpoints";
      document.getElementById("title").textContent = api.info.title + " " + api.info.version;
      document.getElementById("summary").textContent = api.info.summary;
      document.getElementById("description").textContent = api.info.description;
      const sections = api.tags.map((tag) => {
        const part = make("section", {}, make("h2", {}, tag.name),
          make("p", { class: "quiet" }, tag.description));
        for (const [path, item] of Object.entries(api.paths)) {
          const server = ((item.servers || [])[0] || { url: "" }).url;
          for (const method of ["get", "post", "put", "patch", "delete"]) {
            const operation = item[method];
            if (operation && operation.tags.includes(tag.name)) {
              part.append(section(api, server, path, method.toUpperCase(), operation));
            }
          }
        }
        return part;
      });
      main.replaceChildren(...sections);
      const wanted = document.getElementById(location.hash.slice(1));
      if (wanted && wanted.tagName === "DETAILS") { wanted.open = true; wanted.scrollIntoView(); }
    };

    fetch("doc.json").then((answer) => {
      if (!answer.ok) throw new Error("doc.json answers " + answer.status);
      return answer.json();
    }).then(show).catch((error) => {
      const state = document.getElementById("state");
      state.className = "bad";
      state.textContent = "The document cannot be shown: " + error.message;
    });

    """#
}
