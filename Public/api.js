/** Speaks JSON with the server; what goes wrong becomes an Error whose message names every bad field. */
export async function call(method, path, body) {
  const headers = { Accept: "application/json" };
  const token = sessionStorage.getItem("csrf");
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (token && method !== "GET") headers["X-CSRF-Token"] = token;
  const response = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const text = await response.text();
  const answer = text ? JSON.parse(text) : {};
  if (!response.ok) throw new Error(problemText(answer));
  return answer;
}

export const get = (path) => call("GET", path);
export const post = (path, body) => call("POST", path, body);

export function problemText(problem) {
  const fields = (problem.errors ?? []).map((error) => `${error.pointer} ${error.detail}`);
  return [problem.detail ?? "The server could not be reached.", ...fields].join("\n");
}
