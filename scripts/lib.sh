# Shared by the scripts of this folder; to be sourced.

# Prints the path of the newest java of version 21 or later, or explains what is missing and exits with 2.
callbus_java() {
  local java version best= best_version=20
  for java in "${JAVA_HOME:-/nonexistent}/bin/java" /usr/lib/jvm/*/bin/java "$HOME"/.sdkman/candidates/java/*/bin/java \
    "$(command -v java || true)"; do
    [ -x "$java" ] || continue
    version=$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -1)
    if [ "${version:-0}" -gt "$best_version" ]; then best=$java best_version=$version; fi
  done
  if [ -z "$best" ]; then
    echo "Callbus needs a JDK 21 or newer: install one, for example temurin-25-jdk, or set JAVA_HOME to it." >&2
    exit 2
  fi
  printf '%s\n' "$best"
}
