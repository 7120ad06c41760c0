package dev.migrator.core.kinds;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.Placeholders;

/** Secret references are accepted only in fields that are made for them: elsewhere they would end up in a target as text. */
public final class SecretPlaces {
    private final Notes notes;

    public SecretPlaces(Notes notes) {
        this.notes = notes;
    }

    /** Notes every secret reference in a place that takes none. The value has the shape. */
    public void check(Shape shape, Value value, String pointer) {
        switch (value) {
            case Value.Text(var text) -> {
                if (Placeholders.secretsIn(text) > 0) {
                    notes.error(
                            pointer,
                            Problem.of("SEC-NOT-HERE", "this field takes no secret")
                                    .expected("a value that may be seen by everybody")
                                    .found("a secret reference")
                                    .todo("no field of this kind can hold a secret; write the value"));
                }
            }
            case Value.Arr(var items) -> {
                var item = shape instanceof Shape.Items list ? list.item() : new Shape.AnyFields();
                for (int i = 0; i < items.size(); i++) {
                    check(item, items.get(i), Notes.under(pointer, String.valueOf(i)));
                }
            }
            case Value.Obj object ->
                object.fields().forEach((name, inner) -> {
                    var field = field(shape, name, object);
                    if (!field.takesSecrets()) {
                        check(field.shape(), inner, Notes.under(pointer, name));
                    }
                });
            default -> {
                // numbers and booleans name nothing
            }
        }
    }

    private static Shape.Field field(Shape shape, String name, Value.Obj within) {
        var unknown = new Shape.Field(new Shape.AnyFields(), false);
        return switch (shape) {
            case Shape.Fields(var fields) -> fields.getOrDefault(name, unknown);
            case Shape.Dictionary dictionary -> new Shape.Field(dictionary.value(), false);
            case Shape.OrNull(var inner) -> field(inner, name, within);
            case Shape.Choice choice ->
                within.get(choice.field()) instanceof Value.Text(var word)
                                && choice.byWord().containsKey(word)
                        ? field(choice.byWord().get(word), name, within)
                        : unknown;
            default -> unknown;
        };
    }
}
