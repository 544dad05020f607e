#!/usr/bin/env python3
"""Records in a real browser: headless Chromium with a fake microphone that plays a WAV file.

    record.py BASE_URL MICROPHONE.wav SCREENSHOT.png

Signs up on the page, grants a purpose, locks a quote, records, uploads, and waits for the acoustic receipt. Prints one JSON
line and exits 0 when the receipt was reached, 77 where there is no Chromium. Speaks the DevTools protocol over pipes, with
the standard library alone.
"""
import base64, json, os, shutil, subprocess, sys, tempfile, time

SECONDS_MAX = 90


class Browser:
    def __init__(self, binary, microphone):
        self.folder = tempfile.mkdtemp(prefix="fairvoice-chromium-")
        to_browser, from_browser = os.pipe(), os.pipe()

        def wire():
            # The protocol's descriptors are 3 and 4; the pipes may stand on those numbers, so they move out of the way first.
            reading, writing = os.dup2(to_browser[0], 20), os.dup2(from_browser[1], 21)
            os.dup2(reading, 3)
            os.dup2(writing, 4)

        self.process = subprocess.Popen(
            [binary, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--user-data-dir=" + self.folder,
             "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
             "--use-file-for-fake-audio-capture=" + microphone, "--autoplay-policy=no-user-gesture-required",
             "--window-size=1280,2400", "--remote-debugging-pipe", "about:blank"],
            preexec_fn=wire, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser[0])
        os.close(from_browser[1])
        self.out, self.into = to_browser[1], from_browser[0]
        self.number, self.rest, self.session = 0, b"", None
        target = next(one for one in self.call("Target.getTargets")["targetInfos"] if one["type"] == "page")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable")
        self.call("Runtime.enable")

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            while b"\0" not in self.rest:
                more = os.read(self.into, 1 << 20)
                if not more:
                    raise RuntimeError("the browser has ended")
                self.rest += more
            text, self.rest = self.rest.split(b"\0", 1)
            answer = json.loads(text)
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError("%s: %s" % (method, answer["error"]))
                return answer["result"]

    def evaluate(self, script):
        answer = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True, userGesture=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"])[:400])
        return answer["result"].get("value")

    def until(self, script):
        deadline = time.monotonic() + SECONDS_MAX
        while time.monotonic() < deadline:
            problem = self.evaluate("document.getElementById('problem')?.textContent")
            if problem:
                raise RuntimeError("the page says: " + problem)
            if self.evaluate(script):
                return
            time.sleep(0.1)
        raise RuntimeError("never true: " + script)

    def close(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def main():
    base, microphone, screenshot = sys.argv[1:4]
    binary = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not binary:
        print("there is no Chromium here")
        sys.exit(77)
    browser = Browser(binary, os.path.abspath(microphone))
    try:
        browser.call("Page.navigate", url=base + "/record")
        browser.until("document.readyState === 'complete' && document.getElementById('emotion')?.options.length > 0")
        browser.evaluate("document.getElementById('sign-up-button').click()")
        browser.until("!document.getElementById('consent').hidden")
        browser.evaluate("document.getElementById('purpose-emotion-recognition').click()")
        browser.evaluate("document.getElementById('consent-button').click()")
        browser.until("!document.getElementById('offer').hidden")
        browser.evaluate("document.getElementById('quote-button').click()")
        browser.until("!document.getElementById('recorder').hidden")
        browser.evaluate("document.getElementById('start').click()")
        browser.until("parseFloat(document.getElementById('time').textContent) >= 3")
        browser.evaluate("document.getElementById('stop').click()")
        browser.until("!document.getElementById('upload').disabled")
        browser.evaluate("document.getElementById('upload').click()")
        browser.until("!document.getElementById('receipt').hidden")
        picture = browser.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)["data"]
        with open(screenshot, "wb") as file:
            file.write(base64.b64decode(picture))
        text = "document.getElementById('%s').textContent"
        print(json.dumps({
            "grade": browser.evaluate(text % "grade"), "outcome": browser.evaluate(text % "outcome"),
            "balance": browser.evaluate(text % "balance"), "lines": browser.evaluate("document.querySelectorAll('#pay tr').length"),
        }))
    finally:
        browser.close()


main()
