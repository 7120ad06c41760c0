package dev.migrator.target.httpclient;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import java.net.http.HttpHeaders;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a server answered. The bytes are not copied. */
public final class HttpReply {
    private final String call;
    private final int status;
    private final byte[] body;
    private final HttpHeaders headers;

    public HttpReply(String call, int status, byte[] body) {
        this(call, status, body, HttpHeaders.of(Map.of(), (_, _) -> true));
    }

    HttpReply(String call, int status, byte[] body, HttpHeaders headers) {
        this.call = call;
        this.status = status;
        this.body = body;
        this.headers = headers;
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** Method and path, for messages. */
    public String call() {
        return call;
    }

    public int status() {
        return status;
    }

    public byte[] body() {
        return body;
    }

    public boolean ok() {
        return status >= 200 && status < 300;
    }

    /** The body as JSON; empty when it is none. */
    public Optional<Value> json() {
        try {
            return Optional.of(CanonicalJson.parse(body));
        } catch (ProblemException _) {
            return Optional.empty();
        }
    }

    /** The body as an object; one without fields when it is none. */
    public Value.Obj object() {
        return json().orElse(Value.NULL) instanceof Value.Obj fields ? fields : new Value.Obj(new TreeMap<>());
    }
}
