# Verifies an identity token: POSTERN_URL=https://account.example.org python3 verify.py AUDIENCE TOKEN
import json, os, sys
import jwt

issuer, (audience, token) = os.environ["POSTERN_URL"], sys.argv[1:]
if jwt.get_unverified_header(token).get("typ") != "at+jwt":
    raise jwt.InvalidTokenError("not an identity token")
key = jwt.PyJWKClient(f"{issuer}/.well-known/jwks.json").get_signing_key_from_jwt(token).key
require = {"require": ["exp", "iss", "aud", "sub", "sid"]}
print(json.dumps(jwt.decode(token, key, ["ES256"], require, audience=audience, issuer=issuer)))
