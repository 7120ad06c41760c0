package dev.migrator.core.settings;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.Notes;
import dev.migrator.core.model.Placeholders;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Puts the values of variables into manifests. Keeps count of the text that it makes, so that a few short variables cannot
 * fill the memory. Not thread-safe.
 */
final class Substitution {
    /** Characters of all texts that variables were put into. */
    static final long MAX_CHARS = 64L << 20;

    /** Characters of one text once variables are in it. */
    static final int MAX_TEXT = 1 << 20;

    /** What became of one manifest. */
    enum Outcome {
        DONE,
        /** A variable has no value outside an environment, and one of the environments gives it one. */
        NEEDS_ENVIRONMENT,
        FAILED
    }

    private final VariableValues values;
    private final String environment;
    private final boolean mayWait;
    private final List<ProblemAt> problems = new ArrayList<>();
    private boolean waits;
    private boolean broken;
    private long chars;

    /** @param pointer in the manifest */
    record ProblemAt(String pointer, Problem problem) {}

    /** @param problems empty unless it failed without saying so elsewhere */
    record Substituted(Value.Obj manifest, Outcome outcome, List<ProblemAt> problems) {}

    /**
     * @param environment for people; empty for none
     * @param mayWait a variable without a value is left to the environments
     */
    Substitution(VariableValues values, String environment, boolean mayWait) {
        this.values = values;
        this.environment = environment;
        this.mayWait = mayWait;
    }

    /** In {@code spec} any text, in labels their values; nothing else of a manifest can name a variable. */
    Substituted in(Value.Obj manifest) {
        problems.clear();
        waits = false;
        broken = false;
        var whole = new TreeMap<>(manifest.fields());
        if (manifest.get("spec") instanceof Value.Obj spec) {
            whole.put("spec", value(spec, "/spec"));
        }
        if (manifest.get("metadata") instanceof Value.Obj metadata
                && metadata.get("labels") instanceof Value.Obj labels) {
            var fields = new TreeMap<>(metadata.fields());
            var texts = new TreeMap<String, Value>();
            labels.fields()
                    .forEach((name, value) -> texts.put(name, label(value, Notes.under("/metadata/labels", name))));
            fields.put("labels", Value.object(texts));
            whole.put("metadata", Value.object(fields));
        }
        var outcome = !problems.isEmpty() || broken ? Outcome.FAILED : waits ? Outcome.NEEDS_ENVIRONMENT : Outcome.DONE;
        return new Substituted(Value.object(whole), outcome, List.copyOf(problems));
    }

    /** A label is text whatever its variable's type. */
    private Value label(Value written, String pointer) {
        var value = value(written, pointer);
        return written instanceof Value.Text && !(value instanceof Value.Nil) ? Value.of(Scalars.text(value)) : value;
    }

    private Value value(Value value, String pointer) {
        return switch (value) {
            case Value.Text(var text) -> Placeholders.isPlain(text) ? value : text(text, pointer);
            case Value.Arr(var items) -> {
                var changed = new ArrayList<Value>(items.size());
                for (int i = 0; i < items.size(); i++) {
                    changed.add(value(items.get(i), Notes.under(pointer, String.valueOf(i))));
                }
                yield Value.array(changed);
            }
            case Value.Obj(var fields) -> {
                var changed = new TreeMap<String, Value>();
                fields.forEach((name, field) -> changed.put(name, value(field, Notes.under(pointer, name))));
                yield Value.object(changed);
            }
            default -> value;
        };
    }

    private Value text(String text, String pointer) {
        try {
            var parts = Placeholders.parse(text);
            if (parts.size() == 1 && parts.getFirst() instanceof Placeholders.Part.Variable(var name)) {
                var value = held(name, pointer);
                charge(Scalars.text(value).length());
                return value;
            }
            var out = new StringBuilder();
            int secrets = 0;
            for (var part : parts) {
                switch (part) {
                    case Placeholders.Part.Plain(var plain) -> out.append(plain);
                    case Placeholders.Part.Secret secret -> {
                        out.append(secret.text());
                        secrets++;
                    }
                    case Placeholders.Part.Variable(var name) -> {
                        var put = Scalars.text(held(name, pointer));
                        secrets += Placeholders.secretsIn(put);
                        out.append(put);
                    }
                }
                if (out.length() > MAX_TEXT) {
                    throw tooLong("at most " + MAX_TEXT + " characters in one text");
                }
            }
            charge(out.length());
            if (Placeholders.secretsIn(out.toString()) != secrets) {
                throw new ProblemException(madeUpSecret());
            }
            return Value.of(out.toString());
        } catch (ProblemException e) {
            problems.add(new ProblemAt(pointer, e.problem()));
            return Value.of(text);
        }
    }

    private void charge(long more) {
        chars += more;
        if (chars > MAX_CHARS) {
            throw tooLong("at most " + MAX_CHARS + " characters in all texts with variables");
        }
    }

    private static ProblemException tooLong(String expected) {
        return new ProblemException(Problem.of("VAR-TOO-LONG", "a text is too long once its variables are put in")
                .expected(expected)
                .found("more"));
    }

    /** A value, or null where there is none; what is to be said about that is said. */
    private Value held(String name, String pointer) {
        return switch (values.get(name)) {
            case VariableValues.Held.Known(var value) -> value;
            case VariableValues.Held.Broken _ -> {
                broken = true;
                yield Value.NULL;
            }
            case VariableValues.Held.Undeclared _ -> {
                problems.add(new ProblemAt(
                        pointer,
                        VariableValues.undeclared(name, values.declared().keySet())));
                yield Value.NULL;
            }
            case VariableValues.Held.Missing _ -> {
                if (mayWait) {
                    waits = true;
                } else {
                    problems.add(new ProblemAt(pointer, missing(name)));
                }
                yield Value.NULL;
            }
        };
    }

    private Problem missing(String name) {
        return Problem.of("VAR-NO-VALUE", "a variable has no value")
                .expected(
                        environment.isEmpty()
                                ? "a default, or a value from an overlay of each environment"
                                : "a default, or a value from an overlay of " + environment)
                .found("${env." + name + "}")
                .todo(
                        environment.isEmpty()
                                ? "give it a default in its Variables document, or set it in an Overlay"
                                : "set it in an Overlay with environment: " + environment);
    }

    /** Text that was escaped, or put together from parts, must never become a reference to a secret. */
    static Problem madeUpSecret() {
        return Problem.of("SEC-ESCAPED", "a text becomes a secret reference that is not written as one")
                .expected("${secret:name} written as it is, or another text")
                .found("${secret: by way of $${ or of a variable")
                .todo("write the reference out, or choose another text");
    }
}
