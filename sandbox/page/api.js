// What the page asks of the sandbox.

/** Sends an action. Throws an error whose message is a sentence for the person. `signal` gives it up. */
export async function act(name, body, signal) {
  let response;
  try {
    response = await fetch(`/page/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal,
    });
  } catch {
    throw new Error("The playground does not answer. Is it still running?");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `The playground answered ${response.status}.`);
  return answer;
}

/** The commands that a person may use in a channel, as the bot registered them. */
export async function commands(as, place) {
  const response = await fetch(`/page/commands?as=${as}&in=${place}`);
  return response.ok ? response.json() : [];
}

/** Follows a stream of JSON values; `heard` has what hears each kind. Returns what ends it. */
export function follow(path, heard, connected) {
  const source = new EventSource(path);
  for (const [kind, hears] of Object.entries(heard)) {
    source.addEventListener(kind, (event) => hears(JSON.parse(event.data)));
  }
  source.addEventListener("open", () => connected(true));
  source.addEventListener("error", () => connected(false));
  return () => source.close();
}
