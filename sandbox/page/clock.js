// The sandbox's time, and how it is moved.

import { act } from "./api.js";
import { byId } from "./dom.js";
import { written } from "./time.js";

const HOUR = 3_600_000;

/** Sets the buttons up. */
export function clock(page) {
  const moves = (button, body) => {
    byId(button).addEventListener("click", () => page.tries(() => act("clock", body)));
  };
  moves("to-next-post", { to_next_post: true });
  moves("one-hour", { by: HOUR });
  moves("one-day", { by: 24 * HOUR });
  byId("to-date").addEventListener("submit", (event) => {
    event.preventDefault();
    const to = new Date(byId("date").value).getTime();
    if (Number.isNaN(to)) page.says("Give a date and a time to go to.");
    // The field has no seconds: the minute that it is now is nowhere to go.
    else if (byId("date").value === local(page.state.now)) page.says("");
    else page.tries(() => act("clock", { to }));
  });
  return {
    update() {
      const { now, bot } = page.state;
      const shown = byId("now");
      shown.textContent = written(now, "F");
      shown.dateTime = new Date(now).toISOString();
      byId("to-next-post").hidden = !bot.host;
      const date = byId("date");
      if (document.activeElement !== date) date.value = local(now);
    },
  };
}

/** As the browser's field for a date and a time wants it: in this zone, to the minute. */
function local(ms) {
  const date = new Date(ms);
  return new Date(ms - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
