#!/usr/bin/env python3
"""Verifies reward tokens, written from ../token-format.md alone: no code of Lantern's, no protobuf.

    python3 verify.py vectors.json

reads keys, a lane and tokens in hex, each with the verdict it should have, prints every token whose
verdict differs, and exits with 1 if there is one. Needs the package `cryptography`.
"""
import hashlib
import json
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

VARINT, BYTES = 0, 2
# Of varints: how many bits the field has.
BOOL, INT32, INT64 = 1, 32, 64
# number: (wire type, name, and of a varint in a payload its bits)
SIGNED_TOKEN = {1: (BYTES, "payload"), 2: (BYTES, "key_id"), 3: (BYTES, "signature"), 4: (BYTES, "merkle")}
MERKLE = {1: (BYTES, "path"), 2: (VARINT, "leaf_index"), 3: (VARINT, "tree_size"),
          4: (BYTES, "blinding"), 5: (BYTES, "root_signature")}
PAYLOAD = {1: (VARINT, "app_id", INT32), 2: (VARINT, "act_id", INT64), 3: (BYTES, "activity_id"),
           4: (BYTES, "scene_id"), 5: (VARINT, "amount", INT64), 6: (BYTES, "out_trade_no"),
           7: (BYTES, "open_time"), 8: (VARINT, "rain_id", INT32), 9: (VARINT, "lease_id", INT64),
           14: (VARINT, "requested_amount", INT64), 15: (VARINT, "fallback", BOOL),
           16: (BYTES, "reward_id")}
TIME = {1: (VARINT, "seconds", INT64), 2: (VARINT, "nanos", INT32)}


class Malformed(Exception):
    pass


def varint(data, at, shortest=False):
    value = shift = 0
    while True:
        if at >= len(data) or shift >= 70:
            raise Malformed("varint")
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            if shortest and (byte == 0 and shift > 7 or value >> 64):
                raise Malformed("longer than need be")
            return value & (1 << 64) - 1, at


def fields(data, shape, repeated=(), shortest=False):
    """Every field known, of its wire type, in ascending order, once unless it is repeated; what is
    shortest has no varint longer than need be, and no field that says nothing."""
    found, at, last = {}, 0, 0
    while at < len(data):
        tag, at = varint(data, at, shortest)
        number, wire = tag >> 3, tag & 7
        if number not in shape or shape[number][0] != wire:
            raise Malformed("field")
        name = shape[number][1]
        if number < last or number == last and name not in repeated:
            raise Malformed("order")
        last = number
        if wire == VARINT:
            value, at = varint(data, at, shortest)
            if len(shape[number]) == 3 and not fits(value, shape[number][2]):
                raise Malformed("too large")
        else:
            length, at = varint(data, at, shortest)
            if at + length > len(data):
                raise Malformed("length")
            value, at = data[at:at + length], at + length
        if shortest and not value and name not in repeated + ("signature", "merkle", "open_time"):
            raise Malformed("says nothing")
        if name in repeated:
            found.setdefault(name, []).append(value)
        else:
            found[name] = value
    return found


def signed(value):
    return value - (1 << 64) if value >> 63 else value


def fits(value, bits):
    """Negative numbers are written as 64 bits whatever the field has."""
    return value == 1 if bits == BOOL else -(1 << bits - 1) <= signed(value) < 1 << bits - 1


def payload(data):
    token = fields(data, PAYLOAD, shortest=True)
    fields(token.get("open_time", b""), TIME, shortest=True)
    for name in ("activity_id", "scene_id", "out_trade_no", "reward_id"):
        try:
            token[name] = token.get(name, b"").decode("utf-8")
        except UnicodeDecodeError:
            raise Malformed("utf-8")
    if (signed(token.get("act_id", 0)) <= 0 or not token["out_trade_no"]
            or any(signed(token.get(name, 0)) < 0 for name in ("amount", "requested_amount", "lease_id"))):
        raise Malformed("promise")
    return token


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def u32(value):
    return value.to_bytes(4, "big")


def root(context, data, proof):
    """The root to which the path leads, or None if it has too few or too many hashes."""
    index, size = proof["leaf_index"], proof["tree_size"]
    node = sha256(b"\0", context, b"\0", u32(size), u32(index), proof["blinding"], data)
    path = list(proof["path"])
    width = size
    while width > 1:
        if index ^ 1 < width:
            if not path:
                return None
            other = path.pop(0)
            node = sha256(b"\1", other, node) if index & 1 else sha256(b"\1", node, other)
        index, width = index >> 1, (width + 1) // 2
    return None if path else node


def shape(token):
    data = token.get("payload", b"")
    if not 0 < len(data) <= 2048:
        raise Malformed("payload")
    if "signature" in token:
        if len(token["signature"]) != 64:
            raise Malformed("signature")
        return None
    if "merkle" not in token:
        raise Malformed("no proof")
    proof = token["merkle"]
    proof.setdefault("leaf_index", 0)
    proof.setdefault("tree_size", 0)
    proof.setdefault("path", [])
    if (not 2 <= proof["tree_size"] <= 1024 or not 0 <= proof["leaf_index"] < proof["tree_size"]
            or len(proof["path"]) > 10 or any(len(it) != 32 for it in proof["path"])
            or len(proof.get("blinding", b"")) != 16 or len(proof.get("root_signature", b"")) != 64):
        raise Malformed("proof")
    return proof


def verdict(data, keys, lane):
    try:
        token = fields(data, SIGNED_TOKEN, shortest=True)
        if "merkle" in token:
            token["merkle"] = fields(token["merkle"], MERKLE, ("path",), shortest=True)
        if "signature" in token and "merkle" in token:
            raise Malformed("two proofs")
        key_id = token.get("key_id", b"").decode("utf-8")
    except (Malformed, UnicodeDecodeError):
        return "MALFORMED"
    key = keys.get(key_id)
    if key is None:
        return "UNKNOWN_KEY"
    if key["purpose"] != "reward" or key["lane"] != lane:
        return "WRONG_PURPOSE"
    try:
        proof = shape(token)
    except Malformed:
        return "MALFORMED"
    context = f"lantern/reward/{lane}/v1".encode()
    if proof is None:
        signature, message = token["signature"], context + b"\0" + token["payload"]
    else:
        top = root(context, token["payload"], proof)
        if top is None:
            return "BAD_SIGNATURE"
        signature = proof["root_signature"]
        message = f"lantern/reward/{lane}/root/v1".encode() + b"\0" + u32(proof["tree_size"]) + top
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key["x"])).verify(signature, message)
    except InvalidSignature:
        return "BAD_SIGNATURE"
    try:
        payload(token["payload"])
    except Malformed:
        return "MALFORMED"
    return "VALID"


def main(path):
    with open(path, encoding="utf-8") as file:
        given = json.load(file)
    keys = {key["kid"]: key for key in given["keys"]}
    wrong = 0
    for vector in given["vectors"]:
        found = verdict(bytes.fromhex(vector["token"]), keys, given["lane"])
        if found != vector["verdict"]:
            wrong += 1
            print(f"{vector['name']}: {found}, not {vector['verdict']}")
    print(f"{len(given['vectors'])} tokens, {wrong} verdicts differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
