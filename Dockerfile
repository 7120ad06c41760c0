# One image for each service, from what the build left in the checkout:
#   mvn -DskipTests package && docker build --build-arg SERVICE=planner-service -t migrator/planner-service .
# The base only has to bring a Java 25 runtime and bash (for the health check); another one: --build-arg BASE_IMAGE=...
ARG BASE_IMAGE=eclipse-temurin:25-jre-noble
FROM ${BASE_IMAGE}

ARG SERVICE
# Numbers, because Kubernetes cannot tell from a name that a user is not root.
ARG UID=10001

# What changes least comes first, so that a new build of a service adds one small layer.
COPY ${SERVICE}/target/quarkus-app/lib/ /opt/migrator/lib/
COPY ${SERVICE}/target/quarkus-app/quarkus/ /opt/migrator/quarkus/
COPY ${SERVICE}/target/quarkus-app/quarkus-run.jar /opt/migrator/
COPY ${SERVICE}/target/quarkus-app/app/ /opt/migrator/app/

# A new named volume takes owner and mode of the folder that it covers.
RUN mkdir -p /var/lib/migrator && chown ${UID}:${UID} /var/lib/migrator && chmod 0700 /var/lib/migrator

USER ${UID}:${UID}
WORKDIR /opt/migrator
VOLUME /var/lib/migrator
EXPOSE 8080
ENV LANG=C.UTF-8 \
    MALLOC_ARENA_MAX=2 \
    QUARKUS_HTTP_HOST=0.0.0.0 \
    QUARKUS_HTTP_PORT=8080 \
    MIGRATOR_WORK_DIR=/var/lib/migrator \
    JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError -Djdk.nio.maxCachedBufferSize=262144"

# By bash itself: the image needs no further tool.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /q/health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]

ENTRYPOINT ["java", "-jar", "/opt/migrator/quarkus-run.jar"]
