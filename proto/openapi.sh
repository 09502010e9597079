#!/usr/bin/env bash
# Writes proto/openapi/lantern.swagger.json from the descriptor set that the build made, or, with
# --check, says whether the checked-in one is still right. Needs Go for the generator
# (grpc-gateway's protoc-gen-openapiv2) and a built proto module for protoc and the descriptor set.
# Exit: 0 written or right, 1 out of date, 3 something is missing.
set -euo pipefail
cd "$(dirname "$0")"
generator=github.com/grpc-ecosystem/grpc-gateway/v2/protoc-gen-openapiv2@v2.27.3

command -v go >/dev/null || { echo "openapi.sh: needs Go on the PATH" >&2; exit 3; }
descriptors=target/classes/lantern.desc
[ -f "$descriptors" ] || { echo "openapi.sh: $descriptors is missing; build first: ./lantern test unit" >&2; exit 3; }
version=$(sed -n 's:.*<protobuf.version>\(.*\)</protobuf.version>.*:\1:p' ../pom.xml)
repository=${LANTERN_MAVEN_REPO:-$HOME/.m2/repository}
protoc=$(find "$repository/com/google/protobuf/protoc/$version" -name 'protoc-*.exe' 2>/dev/null | head -n 1)
[ -n "$protoc" ] || { echo "openapi.sh: no protoc $version in $repository" >&2; exit 3; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
install -m 755 "$protoc" "$work/protoc"
GOBIN="$work" go install "$generator"

mapping=
files=()
while IFS= read -r file; do
  mapping+=",M$file=dev.lantern/${file%/*}"
  files+=("$file")
done < <(cd src/main/proto && find lantern -name '*.proto' | LC_ALL=C sort)
"$work/protoc" --plugin="$work/protoc-gen-openapiv2" --descriptor_set_in="$descriptors" \
  --openapiv2_out="$work" \
  --openapiv2_opt="allow_merge=true,merge_file_name=lantern,json_names_for_fields=true,openapi_configuration=openapi/options.yaml$mapping" \
  "${files[@]}"

if [ "${1:-}" = --check ]; then
  diff -u openapi/lantern.swagger.json "$work/lantern.swagger.json" || {
    echo "openapi.sh: out of date; run proto/openapi.sh and commit" >&2
    exit 1
  }
else
  cp "$work/lantern.swagger.json" openapi/lantern.swagger.json
fi
