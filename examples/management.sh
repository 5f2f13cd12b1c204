#!/bin/sh
# The management API with curl: creates, lists, renames, rotates and deletes a call key.
#   POSTERN_URL=http://localhost:4000 API_TOKEN=pat_… ./management.sh
# The Profile page shows the token under "API Token". The script reads it from the environment and passes it to curl on
# standard input, which keeps it out of the process list.
set -eu

# ask DOCUMENT VARIABLES: sends a document and prints the response
ask() {
  printf 'header = "Authorization: Bearer %s"\n' "$API_TOKEN" |
    curl --silent --show-error --config - --header 'Content-Type: application/json' \
      --data "{\"query\":\"$1\",\"variables\":$2}" "${POSTERN_URL:-http://localhost:4000}/graphql"
  echo
}

# value NAME: the first string of that name in a response
value() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

echo '# Who am I?'
ask 'query { me { username role } }' '{}'

echo '# A key for one model, from one network, for 30,000 units. The secret is shown this once.'
made=$(ask 'mutation ($input: CreateCallKeyInput!) { createCallKey(input: $input) { key callKey { id hint status models allowedIps quotaLeft } userErrors { code field message } } }' \
  '{"input":{"name":"build server","models":["m-1"],"allowedIps":["203.0.113.7/24"],"quota":30000}}')
echo "$made"
id=$(echo "$made" | value id)

echo '# My keys.'
ask 'query ($search: String) { me { callKeys(filter: { search: $search }, first: 10) { totalCount edges { node { name hint status lastUsedAt quotaUsed } } } } }' '{"search":"build"}'

echo '# Rename the key and remove its limit. Other settings stay.'
ask 'mutation ($input: UpdateCallKeyInput!) { updateCallKey(input: $input) { callKey { name quotaLeft models } userErrors { code field message } } }' "{\"input\":{\"id\":\"$id\",\"name\":\"nightly build\",\"quotaLeft\":null}}"

echo '# A new secret; the old one works for another day.'
ask 'mutation ($input: RotateCallKeyInput!) { rotateCallKey(input: $input) { key callKey { hint oldKeyValidUntil } userErrors { code field message } } }' "{\"input\":{\"id\":\"$id\",\"graceHours\":24}}"

echo '# All programs have the new one: the old one stops now.'
ask 'mutation ($input: EndCallKeyGraceInput!) { endCallKeyGrace(input: $input) { callKey { oldKeyValidUntil } userErrors { code field message } } }' "{\"input\":{\"id\":\"$id\"}}"

echo '# What happened to my account lately.'
ask 'query { me { securityEvents(first: 3) { edges { node { at type detail } } } } }' '{}'

echo '# Gone.'
ask 'mutation ($input: DeleteCallKeysInput!) { deleteCallKeys(input: $input) { deletedIds userErrors { code field message } } }' "{\"input\":{\"ids\":[\"$id\"]}}"
