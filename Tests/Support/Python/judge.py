"""Judges and makes JOSE objects with libraries that know nothing of Sallyport.

Reads one JSON object on standard input (`do` names the deed), answers with one on standard output.
Exits 1 with the reason on standard error when it refuses.
"""
import base64
import hashlib
import hmac
import json
import sys
import time

import jwt as pyjwt
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from joserfc import jwe as joserfc_jwe
from joserfc import jws as joserfc_jws
from joserfc import jwt as joserfc_jwt
from joserfc.jwk import ECKey, KeySet, RSAKey, import_key


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def parts(token):
    return token.split(".")


def header_of(token):
    return json.loads(unb64(parts(token)[0]))


def claims_of(token):
    return json.loads(unb64(parts(token)[1]))


def verify(question):
    """Both libraries must accept, and must read the same."""
    token, jwks = question["token"], json.loads(question["jwks"])
    header = header_of(token)
    accepted = joserfc_jwt.decode(token, KeySet.import_key_set(jwks), algorithms=[header["alg"]])
    now = int(time.time())
    joserfc_jwt.JWTClaimsRegistry(now=now).validate(accepted.claims)
    key = next(k for k in pyjwt.PyJWKSet.from_dict(jwks).keys if k.key_id == header["kid"])
    again = pyjwt.decode(token, key.key, algorithms=[header["alg"]], options={"verify_aud": False})
    assert again == accepted.claims, "two libraries read two things"
    return {"header": header, "claims": accepted.claims}


def make_key(algorithm, kid):
    options = {"kid": kid, "alg": algorithm, "use": "sig"}
    if algorithm.startswith("ES"):
        return ECKey.generate_key("P-256", options)
    return RSAKey.generate_key(2048, options)


def key(question):
    made = make_key(question["algorithm"], question["id"])
    return {
        "private": json.dumps(made.as_dict(private=True)),
        "jwks": json.dumps({"keys": [made.as_dict(private=False)]}),
    }


def compact(header, claims, key):
    """Signs whatever it is told: a library would refuse to make some of the bad ones."""
    signed = f"{b64(json.dumps(header).encode())}.{b64(json.dumps(claims).encode())}"
    private, data = key.private_key, signed.encode()
    if header["alg"].upper().startswith("ES"):
        r, s = decode_dss_signature(private.sign(data, ec.ECDSA(hashes.SHA256())))
        signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    else:
        signature = private.sign(data, padding.PKCS1v15(), hashes.SHA256())
    return f"{signed}.{b64(signature)}"


def sign(question):
    jwk = json.loads(question["key"])
    signer = (ECKey if jwk["kty"] == "EC" else RSAKey).import_key(jwk)
    return {"tokens": [compact(question["header"], claims, signer) for claims in question["claims"]]}


def pyjwt_name(algorithm):
    """PyJWT knows both Edwards curves by one name only."""
    return "EdDSA" if algorithm in ("Ed25519", "Ed448") else algorithm


def jws_sign(question):
    """Signs one payload with each key, by joserfc and by PyJWT."""
    payload, tokens = question["payload"].encode(), []
    for algorithm, text in zip(question["algorithms"], question["keys"]):
        jwk = json.loads(text)
        header = {"alg": algorithm, "kid": jwk["kid"]}
        own = import_key({k: v for k, v in jwk.items() if k not in ("alg", "use")})
        tokens.append(joserfc_jws.serialize_compact(header, payload, own, algorithms=[algorithm]))
        key = pyjwt.PyJWK(jwk, algorithm=pyjwt_name(algorithm)).key
        if pyjwt_name(algorithm) == algorithm:
            headers = {"kid": jwk["kid"]}
            signer = pyjwt.api_jws.PyJWS()
            tokens.append(signer.encode(payload, key, algorithm=algorithm, headers=headers))
    return {"tokens": tokens}


def jws_verify(question):
    """Verifies each token under its key, by joserfc and by PyJWT; both must read the same."""
    payloads, thumbprints = [], []
    for token, text in zip(question["tokens"], question["keys"]):
        jwk, header = json.loads(text), header_of(token)
        algorithm = header["alg"]
        own = import_key({k: v for k, v in jwk.items() if k not in ("alg", "use")})
        read = joserfc_jws.deserialize_compact(token, own, algorithms=[algorithm]).payload
        if pyjwt_name(algorithm) == algorithm:
            half = jwk if jwk["kty"] == "oct" else own.as_dict(private=False)
            key = pyjwt.PyJWK(half, algorithm=algorithm).key
            again = pyjwt.api_jws.PyJWS().decode(token, key, algorithms=[algorithm])
            assert again == read, "two libraries read two things"
        payloads.append(read.decode())
        thumbprints.append(own.thumbprint())
    return {"payloads": payloads, "thumbprints": thumbprints}


def jwe_exchange(question):
    """Decrypts each token with its private or secret key, and encrypts its content back."""
    contents, tokens = [], []
    for token, text in zip(question["tokens"], question["keys"]):
        jwk, header = json.loads(text), header_of(token)
        names = [header["alg"], header["enc"]]
        own = import_key({k: v for k, v in jwk.items() if k not in ("alg", "use")})
        content = joserfc_jwe.decrypt_compact(token, own, algorithms=names).plaintext
        contents.append(content.decode())
        again = {"alg": header["alg"], "enc": header["enc"], "kid": jwk["kid"]}
        tokens.append(joserfc_jwe.encrypt_compact(again, content, own, algorithms=names))
    return {"contents": contents, "tokens": tokens}


def unsigned(header, claims, signature=""):
    return ".".join([b64(json.dumps(header).encode()), b64(json.dumps(claims).encode()), signature])


def forge(question):
    """What an attacker can make from a good token and the public keys."""
    token = question["token"]
    head, body, signature = parts(token)
    header, claims = header_of(token), claims_of(token)
    jwks = json.loads(question["jwks"])
    jwk = next(k for k in jwks["keys"] if k["kid"] == header["kid"])
    own = make_key(header["alg"], header["kid"])
    wider = dict(claims, scope="api.read api.write admin")
    flipped = bytearray(unb64(signature))
    flipped[5] ^= 1
    public = json.dumps(jwk).encode()
    confused = unsigned(dict(header, alg="HS256"), claims)[:-1]
    mac = hmac.new(public, confused.encode(), hashlib.sha256).digest()
    tokens = {
        "alg none": unsigned(dict(header, alg="none"), claims),
        "alg None": unsigned(dict(header, alg="None"), claims),
        "alg none with the old signature": unsigned(dict(header, alg="none"), claims, signature),
        "another key under the same kid": compact(header, claims, own),
        "key in the header": compact(
            dict(header, jwk=own.as_dict(private=False)), claims, own),
        "HMAC with the public key": confused + "." + b64(mac),
        "wider claims, old signature": ".".join([head, b64(json.dumps(wider).encode()), signature]),
        "one bit of the signature": ".".join([head, body, b64(bytes(flipped))]),
        "empty signature": f"{head}.{body}.",
        "signature of zeros": ".".join([head, body, b64(bytes(len(flipped)))]),
        "half a signature": ".".join([head, body, signature[: len(signature) // 2]]),
        "no signature part": f"{head}.{body}",
        "four parts": token + ".x",
        "five parts": token + ".x.x",
        "padding": token + "=",
        "unknown crit": compact(dict(header, crit=["exp"]), claims, own),
        "unknown kid": compact(dict(header, kid="nobody"), claims, own),
        "general JSON": json.dumps({"payload": body, "signatures": [{"protected": head, "signature": signature}]}),
        "letters": "garbage",
        "a UUID": "5f0c7e6e-8d0a-4c49-9d0e-2f0a9c1b7e3d",
        "a UUID token": "5f0c7e6e-8d0a-4c49-9d0e-2f0a9c1b7e3d_AAAAAAAAAAAAAAAAAAAAAA",
    }
    return {"tokens": tokens}


def encryption_key(question):
    """A key pair to encrypt to, as PEM and as JWK."""
    options = {"kid": question["id"], "use": "enc"}
    made = ECKey.generate_key("P-256", options) if question["type"] == "EC" else RSAKey.generate_key(2048, options)
    return {
        "private": json.dumps(made.as_dict(private=True)),
        "public": json.dumps(made.as_dict(private=False)),
        "privatePEM": made.as_pem(private=True).decode(),
        "publicPEM": made.as_pem(private=False).decode(),
    }


def decrypt(question):
    """Opens a compact JWE as the resource would."""
    key = import_key(json.loads(question["key"]))
    algorithms = [header_of(question["token"])["alg"], header_of(question["token"])["enc"]]
    opened = joserfc_jwe.decrypt_compact(question["token"], key, algorithms=algorithms)
    return {"header": opened.headers(), "plaintext": opened.plaintext.decode()}


def encrypt(question):
    """Encrypts each of the texts under that header."""
    header = question["header"]
    key = import_key(json.loads(question["key"]))
    algorithms = [header["alg"], header["enc"]]
    return {"tokens": [joserfc_jwe.encrypt_compact(header, text.encode(), key, algorithms=algorithms) for text in question["texts"]]}


def main():
    question = json.load(sys.stdin)
    deeds = {"verify": verify, "key": key, "sign": sign, "forge": forge}
    deeds |= {"jws_sign": jws_sign, "jws_verify": jws_verify, "jwe": jwe_exchange}
    deeds |= {"encryption_key": encryption_key, "decrypt": decrypt, "encrypt": encrypt}
    json.dump(deeds[question["do"]](question), sys.stdout)


if __name__ == "__main__":
    try:
        main()
    except Exception as error:  # every refusal is an answer of the judge
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        sys.exit(1)
