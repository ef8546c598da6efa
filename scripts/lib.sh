# Shared by the scripts of this folder: finds a JDK, builds what is missing, runs the jar.
# To be sourced with the working directory at the project's root.

# Prints "<major version> <path of java>" for a Java home, or nothing.
callbus_java_of() {
  local home=$1 version
  [ -x "$home/bin/java" ] || return 0
  version=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]*\).*/\1/p' "$home/release" 2>/dev/null)
  [ -n "$version" ] || version=$("$home/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
  [ -n "$version" ] && echo "$version $home"
}

# Prints the home of the newest JDK from 21 on that this machine has.
callbus_java_home() {
  local home best
  best=$(
    {
      [ -n "${JAVA_HOME:-}" ] && callbus_java_of "$JAVA_HOME"
      command -v java >/dev/null && callbus_java_of "$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")"
      for home in /usr/lib/jvm/* /opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        callbus_java_of "$home"
      done
    } | sort -n | tail -n 1
  )
  if [ -z "$best" ] || [ "${best%% *}" -lt 21 ]; then
    echo "Callbus needs a JDK 21 or newer and found none: install one (for example temurin-25-jdk) or set JAVA_HOME." >&2
    return 2
  fi
  echo "${best#* }"
}

# Prints the path of the newest java from 21 on.
callbus_java() {
  local home
  home=$(callbus_java_home) || return 2
  echo "$home/bin/java"
}

# Builds the jar when it is missing or older than what it is made from.
callbus_build() {
  local jar=target/callbus.jar
  if [ ! -f "$jar" ] || [ -n "$(find pom.xml src/main -newer "$jar" -print -quit)" ]; then
    command -v mvn >/dev/null || { echo "Callbus is built with Maven: install it (for example apt-get install maven)." >&2; return 2; }
    echo "Building Callbus (the first time takes a minute) ..." >&2
    mvn -q -B -DskipTests package >&2 || return 1
  fi
}

# Prints the flags that Callbus runs with, one a line.
callbus_flags() {
  local java=$1 version
  version=$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
  cat <<EOF
-Xms256m
-Xmx512m
-XX:+UseG1GC
-XX:+IgnoreUnrecognizedVMOptions
-XX:+UseCompactObjectHeaders
-XX:+ExitOnOutOfMemoryError
-Dio.netty.eventLoop.maxTaskProcessingQuantumMs=20
-Dvertx.logger-delegate-factory-class-name=io.vertx.core.logging.SLF4JLogDelegateFactory
--enable-native-access=ALL-UNNAMED
EOF
  [ "$version" -ge 23 ] && echo "--sun-misc-unsafe-memory-access=allow"
  return 0
}

# Prints the flags that make the JVM start from an archive of loaded classes, which takes half of the time. The archive is
# made by a first run, for each JDK and each build anew.
callbus_archive() {
  local java=$1 archive
  archive=target/callbus-$(basename "$(dirname "$(dirname "$java")")").jsa
  if [ ! -f "$archive" ] || [ target/callbus.jar -nt "$archive" ]; then
    # shellcheck disable=SC2046 # the flags hold no spaces
    env ACCOUNT_SID= AUTH_TOKEN= LLM_PROVIDER=sandbox LOG_LEVEL=ERROR \
      "$java" $(callbus_flags "$java") -XX:ArchiveClassesAtExit="$archive" -jar target/callbus.jar check >/dev/null 2>&1 || true
  fi
  [ -f "$archive" ] && echo "-XX:SharedArchiveFile=$archive -Xlog:cds=off -Xlog:cds+dynamic=off"
  return 0
}

# Runs a subcommand of the jar in place of this shell. CALLBUS_JAVA_FLAGS adds flags, the last one wins.
callbus_run() {
  local java
  java=$(callbus_java) || exit 2
  callbus_build || exit $?
  # shellcheck disable=SC2046,SC2086 # the flags hold no spaces
  local terminal=false keyboard=false
  [ -t 1 ] && terminal=true # colours are for people
  [ -t 0 ] && keyboard=true # what is typed there is on the screen already
  exec "$java" $(callbus_flags "$java") $(callbus_archive "$java") -Dcallbus.terminal=$terminal -Dcallbus.keyboard=$keyboard ${CALLBUS_JAVA_FLAGS:-} -jar target/callbus.jar "$@"
}
