import { problemText } from "/api.js";

/** Uploads a recording with a progress bar; answers the recording. */
export function upload(path, file, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("Content-Type", file.type);
    const token = sessionStorage.getItem("csrf");
    if (token) request.setRequestHeader("X-CSRF-Token", token);
    request.responseType = "json";
    request.upload.onprogress = (event) => onProgress(event.loaded / event.total);
    request.onload = () => (request.status < 300 ? resolve(request.response) : reject(new Error(problemText(request.response ?? {}))));
    request.onerror = () => reject(new Error("The connection broke; nothing of the upload was kept. Try again."));
    request.send(file);
  });
}

/** Waits for the end of the analysis, telling each step. */
export function follow(recording, onStep) {
  return new Promise((resolve) => {
    const events = new EventSource(`/v1/recordings/${recording}/events`);
    events.addEventListener("status", ({ data }) => {
      const { status } = JSON.parse(data);
      onStep(status);
      if (["accepted", "rejected", "withdrawn"].includes(status)) {
        events.close();
        resolve();
      }
    });
  });
}
