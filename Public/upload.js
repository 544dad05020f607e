import { get, parsed, Problem, session } from "/api.js";

const ends = ["accepted", "rejected", "withdrawn"];
const pollMilliseconds = 2000;

/** Sends a file; answers what the server says about it. `onProgress(share)` goes from 0 to 1. */
export function upload(path, file, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("Content-Type", file.type);
    if (session.token) request.setRequestHeader("X-CSRF-Token", session.token);
    request.upload.onprogress = (event) => onProgress(event.loaded / event.total);
    request.onload = () => {
      const answer = parsed(request.responseText);
      if (request.status < 300) resolve(answer);
      else reject(new Problem(answer ?? {}, request.status));
    };
    request.onerror = () => reject(new Problem({ detail: "The connection broke. Your take is still here; send it again." }, 0));
    request.send(file);
  });
}

/** Follows a recording to its end, telling each status; asks again now and then where the stream breaks for good. */
export function follow(id, onStatus) {
  return new Promise((resolve, reject) => {
    const events = new EventSource(`/v1/recordings/${id}/events`);
    const take = (status) => {
      onStatus(status);
      if (!ends.includes(status)) return false;
      events.close();
      resolve(status);
      return true;
    };
    const poll = () => get(`/v1/recordings/${id}`).then(
      ({ status }) => take(status) || setTimeout(poll, pollMilliseconds), reject);
    events.addEventListener("status", ({ data }) => take(JSON.parse(data).status));
    events.onerror = () => { if (events.readyState === EventSource.CLOSED) poll(); };
  });
}
