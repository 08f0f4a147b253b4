"""Drives a headless Chromium through a page.

Reads one JSON object on standard input: `url`, `dark` and `steps`, each an expression of the page's
language whose value is kept; one that is marked `until` is asked again until it is true. Answers with one
on standard output: `values`, one for each step, and `complaints`, what the browser said about the page.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

FLAGS = [
    "--headless=new", "--remote-debugging-pipe", "--disable-gpu", "--disable-dev-shm-usage",
    "--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--mute-audio",
    "--disable-features=Translate,MediaRouter,OptimizationHints",
]
PATIENCE = 20


class Browser:
    """A browser on two pipes: messages are JSON, ended by a zero byte."""

    def __init__(self, folder):
        program = shutil.which("chromium") or shutil.which("google-chrome")
        if program is None:
            raise RuntimeError("no chromium on the PATH: apt-get install chromium")
        # The sandbox cannot be had by root; the pages are our own.
        flags = FLAGS + (["--no-sandbox"] if os.geteuid() == 0 else [])
        commands, self.out = os.pipe()
        self.into, answers = os.pipe()
        words = [program, *flags, f"--user-data-dir={folder}", "about:blank"]
        self.process = subprocess.Popen(
            ["sh", "-c", f'exec "$@" 3<&{commands} 4>&{answers}', "sh", *words],
            pass_fds=(commands, answers), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": folder, "XDG_RUNTIME_DIR": folder})
        os.close(commands)
        os.close(answers)
        self.buffer = b""
        self.number = 0
        self.events = []

    def message(self):
        while b"\0" not in self.buffer:
            more = os.read(self.into, 1 << 16)
            if not more:
                raise RuntimeError(f"the browser ended: {self.process.wait()}")
            self.buffer += more
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def ask(self, method, session=None, **parameters):
        self.number += 1
        command = {"id": self.number, "method": method, "params": parameters}
        if session:
            command["sessionId"] = session
        os.write(self.out, json.dumps(command).encode() + b"\0")
        while True:
            message = self.message()
            if message.get("id") != self.number:
                self.events.append(message)
            elif "error" in message:
                raise RuntimeError(f"{method}: {message['error']}")
            else:
                return message["result"]

    def close(self):
        try:
            self.ask("Browser.close")
        except (RuntimeError, OSError):
            pass  # it is gone already
        self.process.kill()
        self.process.wait()


class Page:
    def __init__(self, browser, dark):
        self.browser = browser
        target = browser.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.ask(
            "Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.ask(domain + ".enable")
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", features=[scheme])

    def ask(self, method, **parameters):
        return self.browser.ask(method, self.session, **parameters)

    def value(self, expression):
        result = self.ask(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True,
            userGesture=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def step(self, step):
        end = time.monotonic() + PATIENCE
        value = self.value(step["do"])
        while step.get("until") and not value:
            if time.monotonic() > end:
                raise RuntimeError(f"never true: {step['do']}; {self.value('document.body.innerText')}")
            time.sleep(0.02)
            value = self.value(step["do"])
        return value

    def complaints(self):
        """Errors of scripts and of the page's policy; that an answer is 401 is none."""
        found = []
        for event in self.browser.events:
            if event["method"] == "Runtime.exceptionThrown":
                found.append(event["params"]["exceptionDetails"]["text"])
            if event["method"] == "Log.entryAdded":
                entry = event["params"]["entry"]
                if entry["level"] in ("error", "warning") and entry["source"] != "network":
                    found.append(entry["text"])
        return found


def main():
    question = json.load(sys.stdin)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        browser = Browser(folder)
        try:
            page = Page(browser, question.get("dark", False))
            page.ask("Page.navigate", url=question["url"])
            values = [page.step(step) for step in question["steps"]]
            json.dump({"values": values, "complaints": page.complaints()}, sys.stdout)
        finally:
            browser.close()


if __name__ == "__main__":
    try:
        main()
    except Exception as error:  # whatever stops it is an answer
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        sys.exit(1)
