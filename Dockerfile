# Two stages: build with Maven, run on a JRE. The image holds one jar and what an operator may edit.
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY pom.xml .
COPY .mvn .mvn
COPY src src
RUN mvn -q -B -DskipTests package

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --create-home --home-dir /app callbus
WORKDIR /app
COPY --from=build /src/target/callbus.jar callbus.jar
COPY conf conf
COPY assets assets
USER callbus
# Inside a container the server has to listen on all of its interfaces; what is published is for Docker to say.
ENV HOST=0.0.0.0 PORT=3000
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["java", "-Xmx16m", "-jar", "callbus.jar", "health"]
ENTRYPOINT ["java", "-Xms256m", "-Xmx512m", "-XX:+UseG1GC", "-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError", \
  "-Dio.netty.eventLoop.maxTaskProcessingQuantumMs=20", \
  "-Dvertx.logger-delegate-factory-class-name=io.vertx.core.logging.SLF4JLogDelegateFactory", \
  "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", \
  "-jar", "callbus.jar"]
CMD ["serve"]
