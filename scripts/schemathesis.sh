#!/usr/bin/env bash
# Holds a running server against its own contract with schemathesis (from PyPI), as an admin, a contributor and a buyer.
#
#   scripts/schemathesis.sh [EXAMPLES]
#
# All checks. What a schema can't say is expected by status: 402 too little money, 409 the state of things, 422 references that
# don't exist or a key that belongs to another request, 404 unknown ids; malformed input may also be answered with 414 or 431.
set -euo pipefail
cd "$(dirname "$0")/.."
examples=${1:-20}
folder=$(mktemp -d)
program=${FAIRVOICE_TEST_BINARY:-.build/release/fairvoice}
"$program" serve --data "$folder/data" --port 0 --log-level error > "$folder/out" 2> "$folder/log" &
server=$!
trap 'kill $server; wait $server || true; rm -rf "$folder"' EXIT
until grep -q listens "$folder/out"; do sleep 0.1; done
base=$(grep -o 'http://[^ ]*' "$folder/out" | head -1)
json='Content-Type: application/json'
admin=$("$program" admin create --data "$folder/data")
contributor=$(curl -s "$base/v1/contributors" -H "$json" -d '{"languages":[{"language":"de"}]}' | sed 's/.*"key":"\(fv_[^"]*\)".*/\1/')
buyer=$(curl -s "$base/v1/buyers" -H "$json" -d '{"name":"contract"}' | sed 's/.*"key":"\(fv_[^"]*\)".*/\1/')
cat > "$folder/schemathesis.toml" <<'TOML'
[checks]
positive_data_acceptance.expected-statuses = ["2xx", 304, 401, 402, 403, 404, 409, 410, 412, 416, 422]
negative_data_rejection.expected-statuses = [400, 401, 402, 403, 404, 405, 406, 408, 409, 412, 413, 414, 415, 416, 422, 428, 431]

# A digest that is well formed but not the body's is a 400.
[[operations]]
include-path = "/v1/recordings"
include-method = "POST"
checks.positive_data_acceptance.expected-statuses = ["2xx", 400, 401, 402, 403, 404, 409, 412, 422]

# How long the log is, is no matter of a schema.
[[operations]]
include-path = "/v1/log/proof"
include-method = "GET"
checks.positive_data_acceptance.expected-statuses = ["2xx", 304, 400, 404]
TOML
status=0
for key in "$admin" "$contributor" "$buyer"; do
  schemathesis --config-file "$folder/schemathesis.toml" run "$base/openapi.json" -H "Authorization: Bearer $key" --checks all \
    --max-examples "$examples" --exclude-path-regex events --request-timeout 20 --continue-on-failure || status=1
done
exit $status
