#!/bin/sh
# The server over TLS against Mozilla's intermediate profile, by sslyze from PyPI in an environment of its own.
#
#     scripts/sslyze.sh [PROGRAM]
#
# The certificate is made for this run and signed by nobody, so that sslyze can't trust it: that alone is no fault.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
program=${1:-$root/.build/release/fairvoice}
venv=$root/.build/sslyze
[ -x "$venv/bin/sslyze" ] || { python3 -m venv "$venv" && "$venv/bin/pip" install --quiet "sslyze>=6"; }
folder=$(mktemp -d)
server=
trap 'kill $server 2>/dev/null || true; wait; rm -rf "$folder"' EXIT
# Mozilla wants at most 366 days, and a name.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost -days 90 \
  -addext "subjectAltName=DNS:localhost,IP:127.0.0.1" -keyout "$folder/key.pem" -out "$folder/cert.pem" 2>/dev/null
mkfifo "$folder/out"
"$program" serve --data "$folder/data" --port 0 --log-level error --free-mib-min 0 \
  --tls-cert "$folder/cert.pem" --tls-key "$folder/key.pem" >"$folder/out" &
server=$!
exec 3<"$folder/out"
read -r line <&3
port=${line##*:}
"$venv/bin/sslyze" --mozilla_config=intermediate --certinfo --json_out="$folder/scan.json" "127.0.0.1:$port" >"$folder/report" || true
# What does not comply stands as "* name: reason" behind the last heading.
sed -n '/COMPLIANCE AGAINST/,$p' "$folder/report"
faults=$(sed -n '/COMPLIANCE AGAINST/,$p' "$folder/report" | grep '^ *\* ' | grep -v 'certificate_path_validation\|path validation' || true)
grep -q 'COMPLIANCE AGAINST' "$folder/report" || { cat "$folder/report"; echo "sslyze: it did not say whether the server complies"; exit 1; }
[ -z "$faults" ] || { echo "sslyze: faults"; exit 1; }
echo "sslyze: intermediate, 0 faults but for trust in the run's own certificate"
