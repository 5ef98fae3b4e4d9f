"""What a stranger who receives a bag needs to be told: the commands that check it without this program."""

from __future__ import annotations

from showcause.prove.bag import MANIFEST, PUBLIC, SIGNATURE, SIGNERS, TAGS
from showcause.prove.sshsig import NAMESPACE, SIGNER

FILES = f"""\
HOW TO CHECK THIS BAG

You need none of the sender's programs. Open a terminal in this folder (unpack the bag first if it came as a zip).

1. No file has changed:

       sha256sum -c {MANIFEST}
       sha256sum -c {TAGS}

   (on macOS: shasum -a 256 -c ...). Every line must end in OK, and no file may lie in data/ that {MANIFEST}
   doesn't list.
"""
SIGNED = f"""
2. It is signed. The signature is over {TAGS}, which holds the digest of {MANIFEST}, which holds
   the digest of everything else. With OpenSSH 8.1 or later:

       ssh-keygen -Y verify -f {SIGNERS} -I {SIGNER} -n {NAMESPACE} -s {SIGNATURE} < {TAGS}

   It must say: Good "{NAMESPACE}" signature for {SIGNER}. The file {SIGNERS} travels with the bag and proves only
   that the bag was signed with the key in it, which is that of {PUBLIC}. Compare the fingerprint of that key with one
   that the signer gave you by another way:

       ssh-keygen -l -f {PUBLIC}
"""
UNSIGNED = """
2. It is NOT signed: the digests show that it is whole, not who made it.
"""
REST = """
3. What is in it:

       data/matter.json           the matter, its parties, the instant that it shows, letters and statements as read
       data/laws/                 the laws as quoted, with the rules by which they were read
       data/questions.jsonl       what was asked of the record
       data/findings.jsonl        what was found, by whom, under which reading, citing document, start and end
       data/passages.jsonl        every passage cited, in full
       data/documents/ID.txt      the text that start and end count the characters of (UTF-8, from 0)
       data/sources/              the documents themselves
       data/custody.jsonl         where each document came from
       data/log.jsonl             the log: a commitment to every act, and the acts that concern what is in this bag
       data/not-rederivable.jsonl findings that can't be reached again from this bag, each with its reason
       data/papers/               the memorandum and the report

4. The log. For each line, chain = SHA-256(chain of the line before || commitment), the first being
   SHA-256("showcause log 1"). Where a line has "entry" and "salt", commitment = SHA-256(salt || entry), the entry
   written as JSON with sorted keys, without spaces, in ASCII. A line without them shows that an act took place, and
   nothing about it.

5. With showcause itself, which also checks that each passage stands in its document, and judges again:

       showcause verify .
       showcause verify --rederive .
"""


def text(*, signed: bool) -> str:
    """The whole of HOWTO.txt."""
    return FILES + (SIGNED if signed else UNSIGNED) + REST
