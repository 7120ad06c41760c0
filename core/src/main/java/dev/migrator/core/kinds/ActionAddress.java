package dev.migrator.core.kinds;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.EntryKey;
import java.util.Optional;

/**
 * One action, with all that it does. The definition is a part of its name: whoever has the key can ask whether it is done, do
 * it and undo it, and another definition is another action.
 *
 * @param definition as in the manifest: the type, and in it {@code do}, {@code undo} and {@code probe}
 */
public record ActionAddress(String name, Value.Obj definition) {
    public static final String DO = "do";
    public static final String UNDO = "undo";
    public static final String PROBE = "probe";

    /** The address of an entry's key: the name, a space, and the definition as canonical JSON. */
    public String text() {
        return name + " " + CanonicalJson.text(definition);
    }

    /** @throws ProblemException with code {@code ACT-ADDRESS} for what {@link #text} never gives */
    public static ActionAddress parse(String text) {
        int space = text.indexOf(' ');
        if (space <= 0) {
            throw bad(text, "no name with a definition", null);
        }
        Value definition;
        try {
            definition = CanonicalJson.parse(text.substring(space + 1));
        } catch (ProblemException e) {
            throw bad(text, e.problem().message(), e);
        }
        var notes = new Notes();
        new ShapeCheck(notes).check(ActionSpec.shape(), definition, "/spec");
        if (!notes.hasErrors()) {
            ActionSpec.check((Value.Obj) definition, notes);
        }
        if (notes.hasErrors()) {
            throw bad(text, notes.all().getFirst().problem().toString(), null);
        }
        var action = new ActionAddress(text.substring(0, space), (Value.Obj) definition);
        if (!action.text().equals(text)) {
            throw bad(text, "another way of writing " + action.text(), null);
        }
        return action;
    }

    private static ProblemException bad(String text, String found, ProblemException cause) {
        return new ProblemException(
                Problem.of("ACT-ADDRESS", "this is no address of an action")
                        .about(text)
                        .expected("a name, a space, and a definition as canonical JSON")
                        .found(found),
                cause);
    }

    public ActionType type() {
        return ActionType.of(definition.fields().firstKey());
    }

    public Value.Obj part(String name) {
        return Specs.object(Specs.object(definition, type().word()), name);
    }

    public boolean canBeUndone() {
        return Specs.object(definition, type().word()).fields().containsKey(UNDO);
    }

    /** What makes a call the same call again: equal for each try of one direction, in one target. Letters and digits. */
    public static String idempotencyKey(EntryKey action, boolean undo) {
        return Digest.ofText((undo ? UNDO : DO) + " " + action).hex();
    }

    public static boolean isOf(EntryKey key) {
        return key.kind().equals(ActionKind.ENTRY);
    }

    /** The name alone, whatever stands behind it. */
    public static String nameOf(EntryKey action) {
        int space = action.address().indexOf(' ');
        return space < 0 ? action.address() : action.address().substring(0, space);
    }

    /** Why it cannot be undone, if so. */
    public Optional<Problem> noUndo() {
        return canBeUndone()
                ? Optional.empty()
                : Optional.of(Problem.of("ACT-NO-UNDO", "an action that names no undo cannot be undone")
                        .expected("spec." + type().word() + ".undo")
                        .found("none")
                        .todo("undo by hand what it did, or let go of it by taking it out of the bundle"));
    }
}
