#!/usr/bin/env python3
"""Records once in a real browser, from sign-up to the receipt and the balance.

usage: record.py BASE_URL WAV SCREENSHOT

The WAV is what the browser's fake microphone hears. The last line on standard output is
{"status": …, "grade": …, "balance": …, "picture": width}. Exit code: 0 once the receipt was reached, 1 where it was not (standard error
says why), 77 where there is no Chromium. Needs nothing but the standard library.
"""

import base64
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time

TIME_LIMIT_SECONDS = 90
RECORDED_SECONDS = 4
POLL_SECONDS = 0.1
WIDTH, HEIGHT = 1280, 900


class BrowserError(Exception):
    pass


class Browser:
    """One Chromium of our own, spoken to over a pipe: JSON messages, each ended by a zero byte."""

    def __init__(self, program, wav, folder, deadline):
        self.deadline = deadline
        self.buffer = b""
        self.last_id = 0
        self.complaints = []
        self.session = None
        commands_out, self.commands = os.pipe()
        self.answers, answers_in = os.pipe()
        self.process = subprocess.Popen(
            # Chromium reads commands from descriptor 3 and writes answers to descriptor 4. The shell moves the pipes
            # there and becomes Chromium, so that the process is ours to end. Both go through high numbers first: either
            # of them may be 3 or 4 already.
            ["/bin/bash", "-c",
             'exec 13<&"$1" 14>&"$2"; exec 3<&13 4>&14 13<&- 14>&-; shift 2; exec "$@"', "browser",
             str(commands_out), str(answers_in), program, "--headless=new", "--remote-debugging-pipe",
             "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
             "--disable-background-networking", "--autoplay-policy=no-user-gesture-required",
             "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
             f"--use-file-for-fake-audio-capture={wav}", f"--user-data-dir={folder}",
             f"--window-size={WIDTH},{HEIGHT}", "about:blank"],
            pass_fds=(commands_out, answers_in), start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(commands_out)
        os.close(answers_in)

    def open(self, url):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Runtime", "Page", "Log"):
            self.call(f"{domain}.enable")
        problem = self.call("Page.navigate", url=url).get("errorText")
        if problem:
            raise BrowserError(f"{url}: {problem}")

    def call(self, method, **parameters):
        self.last_id += 1
        message = {"id": self.last_id, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") != self.last_id:
                self.note(answer)
            elif "error" in answer:
                raise BrowserError(f"{method}: {answer['error']['message']}")
            else:
                return answer["result"]

    def receive(self):
        while b"\0" not in self.buffer:
            left = self.deadline - time.monotonic()
            if left <= 0 or not select.select([self.answers], [], [], left)[0]:
                raise BrowserError(f"it took longer than {TIME_LIMIT_SECONDS} seconds")
            received = os.read(self.answers, 65536)
            if not received:
                raise BrowserError("the browser ended")
            self.buffer += received
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def note(self, event):
        """Keeps what the page complains about: errors of scripts and whatever the content policy refused."""
        parameters = event.get("params", {})
        if event.get("method") == "Runtime.exceptionThrown":
            details = parameters["exceptionDetails"]
            self.complaints.append(details.get("exception", {}).get("description", details["text"]))
        elif event.get("method") == "Log.entryAdded" and parameters["entry"]["level"] == "error":
            self.complaints.append(f"{parameters['entry']['text']} {parameters['entry'].get('url', '')}")

    def run(self, script):
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, userGesture=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise BrowserError(details.get("exception", {}).get("description", details["text"]))
        return answer["result"].get("value")

    def wait(self, element):
        """Waits until an element can be seen; a problem that the page shows ends the wait."""
        self.wait_until(f"Boolean(document.getElementById('{element}')?.checkVisibility())", element)

    def wait_until(self, condition, element):
        while not self.run(condition):
            problem = self.run("[...document.querySelectorAll('.problem')].map((box) => box.textContent).join(' ').trim()")
            if problem:
                raise BrowserError(f"the page says, instead of showing #{element}: {problem}")
            if time.monotonic() > self.deadline:
                raise BrowserError(f"#{element} was not shown within {TIME_LIMIT_SECONDS} seconds")
            time.sleep(POLL_SECONDS)

    def click(self, element):
        self.wait(element)
        self.run(f"document.getElementById('{element}').click()")

    def screenshot(self, path):
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": WIDTH, "height": max(HEIGHT, size["height"]), "scale": 1}
        image = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        with open(path, "wb") as file:
            file.write(base64.b64decode(image["data"]))

    def close(self):
        """Ends the browser with all that it started, and nothing else."""
        for sign in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, sign)
                self.process.wait(5)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                pass
        os.close(self.commands)
        os.close(self.answers)


def record(browser, base_url):
    """Drives the page from sign-up to the receipt."""
    browser.open(base_url.rstrip("/") + "/record")
    browser.wait("sign-up-button")
    # The button is there before its script; the language's name is what the script writes.
    while not browser.run("document.getElementById('language-name')?.textContent"):
        if time.monotonic() > browser.deadline:
            raise BrowserError("the page's script did not run")
        time.sleep(POLL_SECONDS)
    browser.click("sign-up-button")
    browser.click("key-kept")
    browser.wait("consent-button")
    browser.click("purpose-emotion-recognition")
    browser.click("consent-button")
    browser.click("quote-button")
    browser.click("to-studio")
    browser.click("record")
    browser.wait("stop")
    time.sleep(RECORDED_SECONDS)
    browser.click("stop")
    browser.click("upload")
    browser.wait("receipt")
    browser.wait_until("document.getElementById('picture').complete", "picture")


def read(browser):
    return {
        "picture": browser.run("document.getElementById('picture').naturalWidth"),
        "status": browser.run("document.getElementById('receipt').dataset.status"),
        "grade": browser.run("document.getElementById('grade').dataset.grade") or None,
        "balance": browser.run("document.getElementById('balance').dataset.amount"),
    }


def main(arguments):
    if len(arguments) != 3:
        sys.exit(__doc__)
    base_url, wav, picture = arguments
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not program:
        print("There is no Chromium here, so nothing was tried in a browser.")
        return 77
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # So that whoever ends the script ends the browser too.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        browser = Browser(program, os.path.abspath(wav), folder, time.monotonic() + TIME_LIMIT_SECONDS)
        try:
            record(browser, base_url)
            result = read(browser)
            browser.screenshot(picture)
            if browser.complaints:
                raise BrowserError("the page complained: " + "; ".join(browser.complaints))
            print(json.dumps(result))
            return 0
        except (BrowserError, OSError) as error:
            print(f"No receipt: {error}", *browser.complaints, sep="\n", file=sys.stderr)
            return 1
        finally:
            browser.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
