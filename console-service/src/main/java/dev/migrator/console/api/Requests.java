package dev.migrator.console.api;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.model.LabelSelector;
import dev.migrator.core.purge.PurgeCodec;
import dev.migrator.core.restore.RestoreCodec;
import java.util.Optional;
import java.util.Set;

/** Reads request bodies strictly: a misspelt member is an error, not a default. */
final class Requests {
    private Requests() {}

    /** @throws ApiProblem 400 if the body is no object or has a member that is not among {@code known} */
    static Value.Obj object(byte[] body, Set<String> known) {
        if (!(CanonicalJson.parse(body) instanceof Value.Obj object)) {
            throw bad("the body", "a JSON object", "something else");
        }
        for (String name : object.fields().keySet()) {
            if (!known.contains(name)) {
                throw bad("member " + name, "one of " + known.stream().sorted().toList(), name);
            }
        }
        return object;
    }

    static String text(Value.Obj object, String name) {
        return optionalText(object, name).orElseThrow(() -> bad("member " + name, "a text", "nothing"));
    }

    static Optional<String> optionalText(Value.Obj object, String name) {
        return switch (object.get(name)) {
            case Value.Nil _ -> Optional.empty();
            case Value.Text(var text) when text.length() <= 4096 -> Optional.of(text);
            case Value.Text _ -> throw bad("member " + name, "at most 4096 characters", "more");
            case Value other -> throw bad("member " + name, "a text", CanonicalJson.text(other));
        };
    }

    /** Of member {@code bundle}. @throws ApiProblem 400 for anything but a bundle of manifests */
    static Value.Obj manifests(Value.Obj object) {
        if (!(object.get("bundle") instanceof Value.Obj bundle)) {
            throw bad("member bundle", "a bundle as migrator package writes it", "something else");
        }
        if (RestoreCodec.isOne(bundle)) {
            // what it says of its source nobody has looked at: the console makes these itself
            throw bad(
                    "member bundle",
                    "a bundle of manifests; POST /api/v1/restores puts back",
                    "a document of kind Restore");
        }
        if (PurgeCodec.isOne(bundle)) {
            throw bad(
                    "member bundle",
                    "a bundle of manifests; POST /api/v1/environments/ENVIRONMENT/purges removes what was retired",
                    "a document of kind Purge");
        }
        return bundle;
    }

    static Optional<LabelSelector> selector(Value.Obj object) {
        return optionalText(object, "selector").map(text -> {
            try {
                return LabelSelector.parse(text);
            } catch (IllegalArgumentException _) {
                throw bad("member selector", LabelSelector.FORM, text);
            }
        });
    }

    static ChangeRequest.Intent intent(Value.Obj object) {
        var intent = optionalText(object, "intent").orElse("APPLY");
        if (!intent.equals("APPLY") && !intent.equals("PLAN")) {
            throw bad("member intent", "APPLY or PLAN", intent);
        }
        return ChangeRequest.Intent.valueOf(intent);
    }

    /** False when it is not given. */
    static boolean flag(Value.Obj object, String name) {
        return switch (object.get(name)) {
            case Value.Nil _ -> false;
            case Value.Bool(var flag) -> flag;
            case Value other -> throw bad("member " + name, "true or false", CanonicalJson.text(other));
        };
    }

    /** @throws ApiProblem 400 unless it is 1 to {@code most} */
    static int limit(int limit, int most) {
        if (limit < 1 || limit > most) {
            throw bad("query parameter limit", "1 to " + most, String.valueOf(limit));
        }
        return limit;
    }

    static ApiProblem bad(String thing, String expected, String found) {
        return new ApiProblem(
                400,
                Problem.of("CON-REQUEST", "the request is not as it should be")
                        .about(thing)
                        .expected(expected)
                        .found(found.substring(0, Math.min(200, found.length()))));
    }
}
