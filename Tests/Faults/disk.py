"""A model of a disk that loses its power: replays the shim's log and makes the folders that a crash may leave.

What a file's last sync covered is there. Of every later write each block of 512 or 4096 bytes is there or not, and a later
change of size happened or not. A name is there for certain once its folder was synced after it was made; an fsynced file
without a durable name is lost. That is all that POSIX promises, and less than any file system does.
"""
import itertools, json, os, struct

HEAD = struct.Struct("<BQQQHH")


def read_log(path):
    """Every record as (kind, inode, offset, path, other path, data)."""
    with open(path, "rb") as file:
        log = file.read()
    at = 0
    while at < len(log):
        kind, inode, offset, length, first, second = HEAD.unpack_from(log, at)
        at += HEAD.size
        one, two = log[at:at + first].decode(), log[at + first:at + first + second].decode()
        at += first + second
        yield chr(kind), inode, offset, one, two, log[at:at + length]
        at += length


def mark(descriptor, fact):
    """Appends an acknowledgement to the log."""
    data = json.dumps(fact).encode()
    os.write(descriptor, HEAD.pack(ord("A"), 0, 0, len(data), 0, 0) + data)


class File:
    """Durable bytes, and what was done since they were: (offset, data), or a size for a truncation."""

    serial = itertools.count()

    def __init__(self, is_folder=False):
        self.is_folder, self.bytes, self.pending, self.path = is_folder, bytearray(), [], ""
        # Changes with the durable bytes.
        self.version = next(self.serial)
        # Of a folder: durable names, and changes of names since: (name, file or None).
        self.names, self.changes, self.now = {}, [], {}

    def sync(self):
        for change in self.pending:
            apply(self.bytes, change)
        if self.pending:
            self.version = next(self.serial)
        for name, file in self.changes:
            put(self.names, name, file)
        self.pending, self.changes = [], []


def apply(content, change):
    offset, data = change
    if data is None:
        if offset < len(content):
            del content[offset:]
        else:
            content.extend(bytes(offset - len(content)))
        return
    if offset > len(content):
        content.extend(bytes(offset - len(content)))
    content[offset:offset + len(data)] = data


def put(names, name, file):
    if file is None:
        names.pop(name, None)
    else:
        names[name] = file


def is_part_of_database(path):
    return ".sqlite3" in os.path.basename(path)


class Mutant:
    """A program that leaves some syncs out; the log is the same, without these."""

    def __init__(self, name):
        self.name = name

    def skips(self, file, path, disk):
        is_database = is_part_of_database(path)
        return {
            "none": False,
            "normal": path.endswith("-wal"),
            "off": is_database,
            "no-folder-sync": file.is_folder,
            "no-blob-sync": not file.is_folder and not is_database,
        }[self.name]


class Disk:
    def __init__(self, mutant="none"):
        self.root, self.inodes, self.paths, self.mutant = File(True), {}, {}, Mutant(mutant)
        self.paths[""] = self.root

    def folder(self, path):
        return self.paths[os.path.dirname(path)], os.path.basename(path)

    def name(self, path, file):
        folder, name = self.folder(path)
        folder.changes.append((name, file))
        put(folder.now, name, file)
        put(self.paths, path, file)

    def step(self, record):
        kind, inode, offset, path, other, data = record
        if kind == "C" or kind == "M":
            if path == "":
                return
            file = self.inodes[inode] = File(kind == "M")
            file.path = path
            self.name(path, file)
        elif kind == "W":
            file = self.file(inode)
            # At NORMAL the write-ahead log is synced before it is copied back, and at no other time.
            if self.mutant.name == "normal" and file.path.endswith(".sqlite3") and file.path + "-wal" in self.paths:
                self.paths[file.path + "-wal"].sync()
            file.pending.append((offset, data))
        elif kind == "T":
            self.file(inode).pending.append((offset, None))
        elif kind == "S":
            file = self.inodes.get(inode, self.root)
            if not self.mutant.skips(file, file.path, self):
                file.sync()
        elif kind in "RL":
            file = self.paths.get(path)
            self.name(other, file)
            file.path = other
            if kind == "R":
                self.name(path, None)
        elif kind in "UD":
            self.name(path, None)

    def file(self, inode):
        return self.inodes[inode]

    # What may be left.

    def crash(self, chance):
        """The folder after a crash here, as a tree of dicts and bytes. `chance` decides what was lost."""
        mood = chance.choice(["lost", "kept", "mixed", "mixed", "torn"])
        return self._after(self.root, mood, chance)

    def _after(self, file, mood, chance):
        if not file.is_folder:
            return self._content(file, mood, chance)
        names = dict(file.names)
        for name, target in file.changes:
            if mood == "kept" or mood != "lost" and chance.random() < 0.5:
                put(names, name, target)
        return {name: self._after(target, mood, chance) for name, target in names.items()}

    @staticmethod
    def _content(file, mood, chance):
        if not file.pending or mood == "lost":
            return Content(file)
        content = bytearray(file.bytes)
        for offset, data in file.pending:
            if mood == "kept" or data is None:
                if mood == "kept" or chance.random() < 0.5:
                    apply(content, (offset, data))
            elif mood == "mixed":
                if chance.random() < 0.5:
                    apply(content, (offset, data))
            else:
                block, start = chance.choice([512, 4096]), 0
                while start < len(data):
                    end = min(len(data), (offset + start) // block * block + block - offset)
                    if chance.random() < 0.5:
                        apply(content, (offset + start, data[start:end]))
                    start = end
        return Content(file, content)


class Content:
    """The bytes of a file after a crash; equal `identity` means equal bytes."""

    def __init__(self, file, changed=None):
        self.bytes = file.bytes if changed is None else changed
        self.identity = file.version if changed is None else None


def write(tree, folder, wanted=lambda name: True):
    os.makedirs(folder, exist_ok=True)
    for name, content in tree.items():
        path = os.path.join(folder, name)
        if not wanted(name):
            continue
        if isinstance(content, dict):
            write(content, path)
        else:
            with open(path, "wb") as file:
                file.write(content.bytes)


def find(tree, *names):
    for name in names:
        tree = tree.get(name) if isinstance(tree, dict) else None
    return tree


def differences(disk, folder):
    """Where the model of a disk without a crash differs from the real folder: the proof that the shim saw every write."""
    wrong = []

    def compare(file, path):
        if file.is_folder:
            real = {name for name in os.listdir(path) if not name.endswith("-shm")}
            if real != set(file.now):
                wrong.append("%s: %s" % (path, sorted(real ^ set(file.now))[:4]))
            for name in real & set(file.now):
                compare(file.now[name], os.path.join(path, name))
            return
        content = bytearray(file.bytes)
        for change in file.pending:
            apply(content, change)
        with open(path, "rb") as real:
            if real.read() != content:
                wrong.append("%s has other bytes" % path)

    compare(disk.root, folder)
    return wrong
