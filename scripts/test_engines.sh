#!/usr/bin/env bash
# Runs python/examples as written, and the package under Spark, Ray, datatrove and datasets with workers that are killed,
# poisonous documents and a job that is resumed. Some minutes; the first time some more, to install them. Needs Java 17 or
# later for Spark (Debian's default-jre-headless). With arguments, these go to pytest.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! java -version >/dev/null 2>&1; then
    echo "Spark needs Java 17 or later; install default-jre-headless" >&2
    exit 1
fi
scripts/install_python.sh engines python/engines/requirements.txt
.cache/engines/bin/python -m pytest --quiet -p no:cacheprovider "$@" python/engines
