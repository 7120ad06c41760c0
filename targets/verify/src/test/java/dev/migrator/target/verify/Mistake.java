package dev.migrator.target.verify;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.target.verify.Proxy.Call;
import dev.migrator.target.verify.Proxy.Reply;
import dev.migrator.target.verify.Proxy.Upstream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** One mistake that a server may make, put before one that makes none. */
enum Mistake implements Proxy.Handling {
    NONE {
        @Override
        public Reply handle(Call call, Upstream upstream) throws IOException {
            return upstream.send(call);
        }
    },
    /** Writes whatever an operation expects. */
    FORGETS_EXPECT {
        @Override
        public Reply handle(Call call, Upstream upstream) throws IOException {
            return upstream.send(
                    call.is(APPLY)
                            ? operations(call, upstream, (operation, found) -> with(operation, "expect", expect(found)))
                            : call);
        }
    },
    /** Compares the state and forgets the fields. */
    FORGETS_EXPECTED_FIELDS {
        @Override
        public Reply handle(Call call, Upstream upstream) throws IOException {
            return upstream.send(
                    call.is(APPLY)
                            ? operations(
                                    call,
                                    upstream,
                                    (operation, _) -> with(
                                            operation,
                                            "expect",
                                            without((Value.Obj) operation.get("expect"), "fields")))
                            : call);
        }
    },
    /** Takes another life of an entry for the expected one. */
    FORGETS_INCARNATIONS {
        @Override
        public Reply handle(Call call, Upstream upstream) throws IOException {
            return upstream.send(
                    call.is(APPLY)
                            ? operations(
                                    call,
                                    upstream,
                                    (operation, _) -> with(
                                            operation,
                                            "expect",
                                            without((Value.Obj) operation.get("expect"), "incarnation")))
                            : call);
        }
    },
    /** Replaces all fields by those that an operation names. */
    LOSES_UNMANAGED_FIELDS {
        @Override
        public Reply handle(Call call, Upstream upstream) throws IOException {
            return upstream.send(
                    call.is(APPLY)
                            ? operations(call, upstream, (operation, found) -> {
                                if (!(operation.get("fields") instanceof Value.Obj(var named))) {
                                    return operation;
                                }
                                var fields = new TreeMap<String, Value>();
                                if (found.get("fields") instanceof Value.Obj(var there)) {
                                    there.keySet().stream()
                                            // what no policy can do without
                                            .filter(name -> !name.equals("Version"))
                                            .forEach(name -> fields.put(name, Value.NULL));
                                }
                                fields.putAll(named);
                                return with(operation, "fields", Value.object(fields));
                            })
                            : call);
        }
    },
    /** Takes null for "leave it". */
    NEVER_UNSETS {
        @Override
        public Reply handle(Call call, Upstream upstream) throws IOException {
            return upstream.send(
                    call.is(APPLY)
                            ? operations(call, upstream, (operation, _) -> {
                                if (!(operation.get("fields") instanceof Value.Obj(var named))) {
                                    return operation;
                                }
                                var fields = new TreeMap<>(named);
                                fields.values().removeIf(Value::isNull);
                                return with(operation, "fields", Value.object(fields));
                            })
                            : call);
        }
    },
    LISTS_UNSORTED {
        @Override
        public Reply handle(Call call, Upstream upstream) throws IOException {
            var reply = upstream.send(call);
            return call.is("GET /v1/entries") && reply.status() == 200
                    ? reply.with(reversed(reply.json(), "addresses"))
                    : reply;
        }
    },
    /** Says that there is no more after the first page. */
    LISTS_ONE_PAGE {
        @Override
        public Reply handle(Call call, Upstream upstream) throws IOException {
            var reply = upstream.send(call);
            return call.is("GET /v1/entries") && reply.status() == 200
                    ? reply.with(with(reply.json(), "more", Value.of(false)))
                    : reply;
        }
    },
    ANSWERS_IN_ANOTHER_ORDER {
        @Override
        public Reply handle(Call call, Upstream upstream) throws IOException {
            var reply = upstream.send(call);
            return call.is(APPLY) && reply.status() == 200 ? reply.with(reversed(reply.json(), "outcomes")) : reply;
        }
    },
    /** Answers the entries of a read in another order than asked. */
    READS_IN_ANOTHER_ORDER {
        @Override
        public Reply handle(Call call, Upstream upstream) throws IOException {
            var reply = upstream.send(call);
            return call.is(READ) && reply.status() == 200 ? reply.with(reversed(reply.json(), "entries")) : reply;
        }
    },
    /** Says that it wrote, and did not. */
    FORGETS_TO_WRITE {
        @Override
        public Reply handle(Call call, Upstream upstream) throws IOException {
            if (!call.is(APPLY)) {
                return upstream.send(call);
            }
            var reply = upstream.send(call.withPath("/v1/entries/dry-run"));
            return reply.status() == 200
                    ? reply.with(items(
                            reply.json(),
                            "outcomes",
                            outcome -> outcome.get("outcome").equals(Value.of("accepted"))
                                    ? with(with(outcome, "outcome", Value.of("applied")), "incarnation", Value.of("i"))
                                    : outcome))
                    : reply;
        }
    },
    /** A dry run that is none. */
    DRY_RUN_WRITES {
        @Override
        public Reply handle(Call call, Upstream upstream) throws IOException {
            if (!call.is("POST /v1/entries/dry-run")) {
                return upstream.send(call);
            }
            var reply = upstream.send(call);
            var _ = upstream.send(call.withPath("/v1/entries/apply"));
            return reply;
        }
    },
    /** Does not look whether it is meant. */
    IGNORES_THE_IDENTITY {
        @Override
        public Reply handle(Call call, Upstream upstream) throws IOException {
            if (!call.is(APPLY)) {
                return upstream.send(call);
            }
            var about = upstream.send(new Call("GET", "/v1", call.authorization(), call.key(), ""));
            return upstream.send(
                    call.withBody(with(call.json(), "identity", about.json().get("identity"))));
        }
    },
    /** Lets everybody in. */
    IGNORES_THE_CREDENTIAL {
        @Override
        public Reply handle(Call call, Upstream upstream) throws IOException {
            return upstream.send(call.withAuthorization("Bearer " + MistakesAreFoundTest.TOKEN));
        }
    },
    /** Answers what it does not understand as if it were broken. */
    FAILS_ON_BAD_REQUESTS {
        @Override
        public Reply handle(Call call, Upstream upstream) throws IOException {
            var reply = upstream.send(call);
            return reply.status() == 400 ? new Reply(500, reply.body()) : reply;
        }
    },
    /** Removes for good what is in use. */
    PURGES_WHAT_IS_IN_USE {
        @Override
        public Reply handle(Call call, Upstream upstream) throws IOException {
            return upstream.send(
                    call.is(APPLY)
                            ? operations(
                                    call,
                                    upstream,
                                    (operation, found) ->
                                            isPurge(operation) ? with(operation, "expect", expect(found)) : operation)
                            : call);
        }
    },
    /** Says that it purged, and keeps the entry out of use. */
    PURGES_NOTHING {
        @Override
        public Reply handle(Call call, Upstream upstream) throws IOException {
            return upstream.send(
                    call.is(APPLY)
                            ? operations(
                                    call,
                                    upstream,
                                    (operation, _) -> isPurge(operation)
                                            ? with(operation, "action", Value.of("retire"))
                                            : operation)
                            : call);
        }
    },
    /** Refuses all for one bad entry. */
    ALL_OR_NOTHING {
        @Override
        public Reply handle(Call call, Upstream upstream) throws IOException {
            if (!call.is(APPLY)) {
                return upstream.send(call);
            }
            var tried = upstream.send(call.withPath("/v1/entries/dry-run"));
            boolean oneFails = tried.status() == 200
                    && Client.objects(tried.json(), "outcomes").stream()
                            .anyMatch(outcome -> !outcome.get("outcome").equals(Value.of("accepted")));
            return oneFails
                    ? tried.with(items(
                            tried.json(),
                            "outcomes",
                            outcome -> outcome.get("outcome").equals(Value.of("accepted"))
                                    ? with(
                                            with(outcome, "outcome", Value.of("failed")),
                                            "problem",
                                            Value.object("title", Value.of("another one is bad")))
                                    : outcome))
                    : upstream.send(call);
        }
    };

    static final String APPLY = "POST /v1/entries/apply";
    static final String READ = "POST /v1/entries/read";

    private static boolean isPurge(Value.Obj operation) {
        return operation.get("action").equals(Value.of("purge"));
    }

    private interface Change {
        Value.Obj of(Value.Obj operation, Value.Obj found);
    }

    /** The call with each operation changed, knowing what is there. */
    private static Call operations(Call call, Upstream upstream, Change change) throws IOException {
        Value.Obj body;
        try {
            body = call.json();
        } catch (RuntimeException _) {
            return call;
        }
        var changed = new ArrayList<Value>();
        for (var operation : Client.objects(body, "operations")) {
            var key = Value.object("type", operation.get("type"), "address", operation.get("address"));
            var read = new Call(
                    "POST",
                    "/v1/entries/read",
                    call.authorization(),
                    call.key(),
                    CanonicalJson.text(Value.object("entries", Value.array(List.of(key)))));
            changed.add(change.of(
                    operation,
                    Client.objects(upstream.send(read).json(), "entries").getFirst()));
        }
        return call.withBody(with(body, "operations", Value.array(changed)));
    }

    private static Value.Obj expect(Value.Obj found) {
        return Value.object("state", found.get("state"));
    }

    private static Value.Obj reversed(Value.Obj answer, String list) {
        var items = new ArrayList<>(((Value.Arr) answer.get(list)).items());
        Collections.reverse(items);
        return with(answer, list, Value.array(items));
    }

    private static Value.Obj items(Value.Obj answer, String list, UnaryOperator<Value.Obj> change) {
        return with(
                answer,
                list,
                Value.array(Client.objects(answer, list).stream().map(change).toList()));
    }

    private static Value.Obj with(Value.Obj object, String name, Value value) {
        var fields = new TreeMap<>(object.fields());
        fields.put(name, value);
        return Value.object(fields);
    }

    private static Value.Obj without(Value.Obj object, String name) {
        var fields = new TreeMap<>(object.fields());
        fields.remove(name);
        return Value.object(fields);
    }
}
