package dev.migrator.core.kinds;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.Resource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What is so of schemas in every registry, whatever it calls them: their text, their references, that they never change. */
final class SchemaRegistryRules {
    /** Among the fields of a manifest and of an entry. */
    static final String REFERENCES = "references";

    private SchemaRegistryRules() {}

    /** @param text fails where it is no JSON */
    static void requireJson(String field, String type, Supplier<String> text, Notes notes) {
        try {
            var _ = text.get();
        } catch (ProblemException e) {
            notes.error(
                    "/spec/" + field,
                    Problem.of("SCH-CONTENT", "a schema of type " + type + " has to be JSON")
                            .expected(e.problem().expected())
                            .found(e.problem().found() + " at " + e.problem().thing()));
        }
    }

    static void requireText(String field, String type, Resource resource, Notes notes) {
        if (!(resource.spec().get(field) instanceof Value.Text)) {
            notes.error(
                    "/spec/" + field,
                    Problem.of("MAN-WRONG-TYPE", "a value has the wrong type")
                            .expected("text, because the type is " + type)
                            .found("an object"));
        }
    }

    /** @param names of a schema's references, in order */
    static void requireEachOnce(List<String> names, Notes notes) {
        var seen = new HashSet<String>();
        for (int i = 0; i < names.size(); i++) {
            if (!seen.add(names.get(i))) {
                notes.error(
                        placeOfReference(i),
                        Problem.of("SCH-REFERENCE-REPEATED", "two references have one name")
                                .expected("each name once")
                                .found(names.get(i)));
            }
        }
    }

    static String placeOfReference(int index) {
        return Notes.under("/spec/" + REFERENCES, String.valueOf(index));
    }

    /** The content with what its logical references mean. */
    static Content withReferences(Content content, List<Value> references) {
        var fields = new TreeMap<>(content.fields());
        fields.put(REFERENCES, Value.array(references));
        return Content.of(fields);
    }

    /** The resource that a reference names. Notes that there is none. */
    static Optional<Resource> referred(
            String kind, String name, DesiredEntry from, String place, Neighbours around, Notes notes) {
        var found = around.find(kind, name, from.resource().project());
        if (found.isEmpty()) {
            notes.error(
                    place,
                    Problem.of("BND-DANGLING-REFERENCE", "a schema refers to one that is not in the bundle")
                            .expected("the logical name of a " + kind)
                            .found(name)
                            .todo(Nearest.advice(name, around.names(kind))));
        }
        return found;
    }

    /** Notes that the version that is referred to is to go. */
    static void requireStaying(
            EntryKey version, Resource of, String number, String place, Neighbours around, Notes notes) {
        if (around.entry(version).filter(DesiredEntry::absent).isPresent()) {
            notes.error(
                    place,
                    Problem.of("BND-ABSENT-REFERENCE", "a schema refers to a version that the bundle asks to be gone")
                            .expected("a version that stays")
                            .found(of.title() + " version " + number + " with state: absent"));
        }
    }

    /** A registry keeps references in their order, which means nothing: the same ones in another order are the same. */
    static Content inOrderOf(Content there, Content desired) {
        return desired.get(REFERENCES) instanceof Value.Arr(var wanted)
                        && there.get(REFERENCES) instanceof Value.Arr(var held)
                        && wanted.size() == held.size()
                        && Set.copyOf(wanted).equals(Set.copyOf(held))
                ? withReferences(desired, held)
                : desired;
    }

    /** What a version holds is published once. */
    static List<Problem> changesOfPublished(DesiredEntry desired, Content actual, String... fields) {
        return Stream.of(fields)
                .filter(field -> desired.content().fields().containsKey(field))
                .filter(field -> !desired.content().get(field).equals(actual.get(field)))
                .map(field -> Problem.of("PLN-VERSION-CONTENT", "a published version is never changed")
                        .about(desired.key() + ", " + field)
                        .expected(fingerprint(desired.content().get(field)))
                        .found(fingerprint(actual.get(field)))
                        .todo("give the changed schema a new version"))
                .toList();
    }

    private static String fingerprint(Value value) {
        return value instanceof Value.Text(var text)
                ? "text of digest " + Digest.ofText(text).brief()
                : Specs.shown(value);
    }
}
