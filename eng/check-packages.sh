#!/usr/bin/env bash
# Packs DeepCourse and DeepCourse.Torch, and lets a project outside the repository train a line with them.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A version of its own, so that no cached package is taken for this one.
version=0.1.0-check.$(date +%s)
for project in DeepCourse.Torch DeepCourse; do
    dotnet pack "$root/src/$project" -c Release -v q -nologo -p:Version="$version" -o "$work/packages"
done
cp -r "$root/eng/consumer" "$work/consumer"
rm -rf "$work/consumer/bin" "$work/consumer/obj"
# The user's own sources stay: what the library depends on comes from there.
cat >"$work/consumer/nuget.config" <<XML
<configuration>
  <packageSources><add key="local" value="$work/packages" /></packageSources>
  <config><add key="globalPackagesFolder" value="$work/cache" /></config>
</configuration>
XML
cd "$work/consumer"
dotnet run -c Release -p:DeepCourseVersion="$version"

# What restore unpacked is what the packages hold.
for package in DeepCourse.Torch DeepCourse; do
    [[ -f $work/packages/$package.$version.snupkg ]] || { echo "$package has no symbols package"; exit 1; }
    content=$work/cache/$(tr '[:upper:]' '[:lower:]' <<<"$package")/$version
    for entry in README.md "lib/net10.0/$package.dll"; do
        [[ -f $content/$entry ]] || { echo "$package lacks $entry"; exit 1; }
    done
done
[[ -f $content/THIRD-PARTY-NOTICES.md ]] || { echo "DeepCourse lacks the licence of the weights that it embeds"; exit 1; }
