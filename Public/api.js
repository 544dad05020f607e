const tokenName = "fairvoice-csrf";

/** The token that says to the server that a request comes from our own page; it lives as long as the tab. */
export const session = {
  get token() { return sessionStorage.getItem(tokenName); },
  set token(value) { value ? sessionStorage.setItem(tokenName, value) : sessionStorage.removeItem(tokenName); },
};

/** What the server refused, after RFC 9457: a sentence, and every bad field with what it must be. */
export class Problem extends Error {
  constructor(answer, status) {
    super(answer.detail ?? answer.title ?? `The server answered ${status}.`);
    this.status = status;
    this.type = answer.type ?? "about:blank";
    this.errors = answer.errors ?? [];
  }
}

/** The answer's JSON, or a Problem. `signal` ends it early. */
export async function call(method, path, body, { signal } = {}) {
  const headers = { Accept: "application/json, application/problem+json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET" && session.token) headers["X-CSRF-Token"] = session.token;
  const sent = body === undefined ? undefined : JSON.stringify(body);
  const response = await fetch(path, { method, headers, body: sent, signal }).catch((error) => {
    if (error.name === "AbortError") throw error;
    throw new Problem({ detail: "The server can't be reached. Nothing was changed; try again." }, 0);
  });
  const answer = parsed(await response.text());
  if (!response.ok) throw new Problem(answer ?? {}, response.status);
  return answer;
}

export const get = (path, options) => call("GET", path, undefined, options);
export const post = (path, body, options) => call("POST", path, body, options);

/** A path with those parameters that hold something. */
export function query(path, parameters) {
  const kept = Object.entries(parameters).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return kept.length ? `${path}?${new URLSearchParams(kept)}` : path;
}

/** JSON, or null where a proxy answered with something else. */
export function parsed(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
