// One message: who wrote it, its text, embeds, files, buttons and menus.

import { rows } from "./components.js";
import { avatar, el } from "./dom.js";
import { block, inline } from "./markdown.js";
import { moment, sent } from "./time.js";

const EPHEMERAL = 1 << 6;
const LOADING = 1 << 7;

const isEphemeral = (message) => (message.flags & EPHEMERAL) !== 0;

/** The message as an item of the list. `page` has the state and what clicks do. */
export function item(message, page, follows) {
  const { scene } = page;
  const author = message.author;
  const when = Date.parse(message.timestamp);
  const node = el("li", {
    class: `message${follows ? " follows" : ""}${isEphemeral(message) ? " ephemeral" : ""}${pings(message, page) ? " pinged" : ""}`,
    "data-id": message.id,
  });
  if (!follows) {
    node.append(
      avatar(author.id, scene.names.users[author.id] ?? author.username),
      el(
        "div",
        { class: "byline" },
        el("span", { class: "author" }, scene.names.users[author.id] ?? author.username),
        author.bot && el("span", { class: "badge" }, "APP"),
        sent(when, scene.now),
      ),
    );
  }
  const origin = source(message, page);
  if (origin) node.prepend(origin);
  node.append(el("div", { class: "body" }, ...parts(message, page)));
  return node;
}

function parts(message, page) {
  const { scene } = page;
  if (message.flags & LOADING) {
    return [el("div", { class: "thinking", role: "status" }, el("span", { "aria-hidden": "true" }), "Thinking…"), footer(message, page)];
  }
  const edited = message.edited_timestamp && el("span", { class: "edited" }, "(edited)");
  return [
    message.content !== "" && el("div", { class: "content" }, block(message.content, scene), edited),
    ...message.embeds.map((one) => embed(one, scene)),
    ...message.attachments.map(attachment),
    rows(message, page),
    message.thread && thread(message.thread, page),
    footer(message, page),
  ];
}

/** Who used what to bring it about, or which message it answers. */
function source(message, page) {
  if (message.message_reference) {
    const id = message.message_reference.message_id;
    const about = page.state.messages.find((held) => held.id === id);
    const words = about ? excerpt(about, page.scene) : "a message further up";
    return el("div", { class: "source" }, "↱ ", el("span", {}, words));
  }
  const used = message.interaction;
  if (used?.type !== 2) return null;
  const who = page.scene.names.users[used.user.id] ?? used.user.username;
  return el("div", { class: "source" }, "↱ ", el("b", {}, who), " used ", el("span", { class: "mention" }, `/${used.name}`));
}

function excerpt(message, scene) {
  const text = message.content || message.embeds[0]?.title || message.embeds[0]?.description || "a message";
  return inline(text.split("\n", 1)[0], scene).textContent.slice(0, 80);
}

function footer(message, page) {
  if (!isEphemeral(message)) return null;
  return el(
    "div",
    { class: "only-you" },
    "Only you can see this · ",
    el("button", { type: "button", class: "plain", onclick: () => page.dismisses(message.id) }, "Dismiss message"),
  );
}

function pings(message, page) {
  return message.mention_everyone || message.mentions.some((user) => user.id === page.state.me);
}

function embed(one, scene) {
  const node = el("article", { class: "embed" });
  if (Number.isInteger(one.color)) node.style.setProperty("--edge", `#${one.color.toString(16).padStart(6, "0")}`);
  const titled = one.title && el("div", { class: "title" }, inline(one.title, scene));
  const fields = (one.fields ?? []).map((field) =>
    el(
      "div",
      { class: field.inline ? "field inline" : "field" },
      el("div", { class: "name" }, inline(field.name, scene)),
      el("div", {}, block(field.value, scene)),
    ),
  );
  node.append(
    ...[
      one.author?.name && el("div", { class: "by" }, one.author.name),
      titled && one.url ? el("a", { href: one.url, target: "_blank", rel: "noreferrer noopener" }, titled) : titled,
      one.description && el("div", { class: "description" }, block(one.description, scene)),
      fields.length > 0 && el("div", { class: "fields" }, fields),
      one.image?.url && el("img", { src: one.image.url, alt: one.image.description ?? "" }),
      one.footer?.text && el("div", { class: "small" }, one.footer.text),
      one.timestamp && moment(Date.parse(one.timestamp), "f", scene.now),
    ].filter(Boolean),
  );
  return node;
}

function attachment(file) {
  const path = new URL(file.url).pathname;
  if (file.content_type?.startsWith("image/")) {
    return el("a", { href: path, class: "picture" }, el("img", { src: path, alt: file.description ?? file.filename }));
  }
  return el(
    "a",
    { class: "file", href: path, download: file.filename },
    el("span", { class: "name" }, file.filename),
    el("span", { class: "small" }, size(file.size)),
    file.description && el("span", { class: "small" }, file.description),
  );
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

function thread(channel, page) {
  const count = channel.message_count === 1 ? "1 message" : `${channel.message_count} messages`;
  return el("button", { type: "button", class: "thread", onclick: () => page.visits(channel.id) }, el("b", {}, channel.name), ` · ${count} ›`);
}
