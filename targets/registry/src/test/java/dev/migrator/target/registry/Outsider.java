package dev.migrator.target.registry;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.ArtifactName;
import dev.migrator.core.model.Content;
import dev.migrator.target.httpclient.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Somebody else who uses the registry, with a client of their own. */
final class Outsider {
    private final String url;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Outsider(String url) {
        this.url = url;
    }

    record Reply(int status, String body) {
        Value json() {
            return CanonicalJson.parse(body);
        }

        Value.Obj object() {
            return (Value.Obj) json();
        }
    }

    Reply call(String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Reply(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Reply get(String path) {
        return call("GET", path, "");
    }

    /** As {@link #call}, and the registry accepts it. */
    Reply done(String method, String path, String body) {
        var reply = call(method, path, body);
        if (reply.status() >= 300) {
            throw new IllegalStateException(method + " " + path + " was answered with " + reply);
        }
        return reply;
    }

    static String path(ArtifactName name) {
        var artifact = "/groups/" + segment(name.group()) + "/artifacts/" + segment(name.artifactId());
        return name.version().map(v -> artifact + "/versions/" + segment(v)).orElse(artifact);
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    void makeArtifact(ArtifactName name, String type) {
        done(
                "POST",
                "/groups/" + segment(name.group()) + "/artifacts",
                CanonicalJson.text(
                        Value.object("artifactId", Value.of(name.artifactId()), "artifactType", Value.of(type))));
    }

    void makeVersion(ArtifactName name, String content, ArtifactName... references) {
        var body = Value.object(
                "version",
                Value.of(name.version().orElseThrow()),
                "content",
                Value.object(
                        "content", Value.of(content),
                        "contentType", Value.of("application/json"),
                        "references", Value.array(references(references))));
        done("POST", path(name.withoutVersion()) + "/versions", CanonicalJson.text(body));
    }

    private static List<Value> references(ArtifactName... names) {
        return new ArrayList<>(Arrays.stream(names)
                .map(name -> Value.object(
                        "name", Value.of(name.address()),
                        "groupId", Value.of(name.group()),
                        "artifactId", Value.of(name.artifactId()),
                        "version", Value.of(name.version().orElseThrow())))
                .toList());
    }

    /** Fields of a group, an artifact or a version, as its entry has them. */
    void set(String path, Content fields) {
        var body = new TreeMap<String, Value>();
        var labels = new TreeMap<String, Value>();
        if (get(path).object().get("labels") instanceof Value.Obj(var there)) {
            labels.putAll(there);
        }
        fields.fields().forEach((field, value) -> {
            if (field.startsWith("rule.")) {
                setRule(path + "/rules", field.substring("rule.".length()), value);
            } else if (field.equals("state")) {
                done("PUT", path + "/state", CanonicalJson.text(Value.object("state", value)));
            } else if (!field.startsWith("labels.")) {
                body.put(field, value.isNull() ? Value.of("") : value);
            } else if (value.isNull()) {
                labels.remove(field.substring("labels.".length()));
            } else {
                labels.put(field.substring("labels.".length()), value);
            }
        });
        body.put("labels", new Value.Obj(labels));
        done("PUT", path, CanonicalJson.text(new Value.Obj(body)));
    }

    void setRule(ArtifactName name, String type, Value value) {
        setRule(path(name) + "/rules", type, value);
    }

    void setRule(String rules, String type, Value value) {
        if (value instanceof Value.Text(var config)) {
            var body = CanonicalJson.text(Value.object("ruleType", Value.of(type), "config", Value.of(config)));
            if (call("PUT", rules + "/" + type, body).status() == 404) {
                done("POST", rules, body);
            }
        } else {
            call("DELETE", rules + "/" + type, "");
        }
    }

    void setState(ArtifactName version, String state) {
        done("PUT", path(version) + "/state", CanonicalJson.text(Value.object("state", Value.of(state))));
    }

    String state(ArtifactName version) {
        return Json.text(get(path(version)).object(), "state").orElse("none");
    }
}
