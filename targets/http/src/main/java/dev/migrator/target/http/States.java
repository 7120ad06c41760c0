package dev.migrator.target.http;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.ExternalAddress;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryState;
import java.util.TreeMap;

/** States of entries as answers tell them. */
final class States {
    private static final int LONGEST_INCARNATION = 200;
    private static final int MOST_FIELDS = 1_000;

    private States() {}

    /** @param type whose entry it is */
    static EntryState from(Value.Obj told, EntryType type) throws Strange {
        return switch (Read.text(told, "state", LONGEST_INCARNATION)) {
            case "absent" -> {
                if (!told.get("fields").isNull()) {
                    throw new Strange("an absent entry has fields");
                }
                yield EntryState.ABSENT;
            }
            case "present" -> new EntryState.Present(fields(told), incarnation(told, type));
            case "retired" -> new EntryState.Retired(fields(told), incarnation(told, type));
            default -> throw new Strange("state is none of absent, present and retired");
        };
    }

    private static Content fields(Value.Obj told) throws Strange {
        var fields = new TreeMap<>(Read.object(told.get("fields"), "fields").fields());
        if (fields.size() > MOST_FIELDS) {
            throw new Strange("an entry has more than " + MOST_FIELDS + " fields");
        }
        if (fields.keySet().stream().anyMatch(Content::isSecret)) {
            throw new Strange("an entry has a field whose name begins with " + Content.SECRET);
        }
        fields.values().removeIf(Value::isNull);
        return Content.of(fields);
    }

    static String incarnation(Value.Obj told, EntryType type) throws Strange {
        var incarnation =
                Read.optionalText(told, "incarnation", LONGEST_INCARNATION).orElse("");
        if (incarnation.isEmpty() == type.incarnations()) {
            throw new Strange(
                    type.incarnations()
                            ? "incarnation is missing, and the type says that it has them"
                            : "there is an incarnation, and the type says that it has none");
        }
        return incarnation;
    }

    /** Whether the answer is about that entry. */
    static Value.Obj about(ExternalAddress name, Value answer) throws Strange {
        var told = Read.object(answer, "an item of the answer");
        if (!told.get("type").equals(Value.of(name.type()))
                || !told.get("address").equals(Value.of(name.address()))) {
            throw new Strange("the answers do not come in the order asked");
        }
        return told;
    }
}
