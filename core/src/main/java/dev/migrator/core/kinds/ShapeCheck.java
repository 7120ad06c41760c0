package dev.migrator.core.kinds;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.Placeholders;
import java.math.BigDecimal;
import java.util.List;

/** Compares a part of a manifest with its {@link Shape} and notes every difference. */
public final class ShapeCheck {
    private static final int LONGEST_QUOTE = 80;

    private final Notes notes;

    public ShapeCheck(Notes notes) {
        this.notes = notes;
    }

    public void check(Shape shape, Value value, String pointer) {
        switch (shape) {
            case Shape.Text text -> text(text, value, pointer);
            case Shape.Word word -> word(word, value, pointer);
            case Shape.Whole whole -> whole(whole, value, pointer);
            case Shape.Decimal decimal -> decimal(decimal, value, pointer);
            case Shape.Scalar _ -> {
                if (value instanceof Value.Arr || value instanceof Value.Obj) {
                    wrongType(pointer, "text, a number, a boolean or null", value);
                }
            }
            case Shape.AnyFields _ -> {
                if (!(value instanceof Value.Obj)) {
                    wrongType(pointer, "an object", value);
                }
            }
            case Shape.Anything _ -> {
                // whatever it is, the target says whether it can hold it
            }
            case Shape.Document _ -> {
                if (!(value instanceof Value.Text || value instanceof Value.Obj)) {
                    wrongType(pointer, "text or an object", value);
                }
            }
            case Shape.Flag _ -> {
                if (!(value instanceof Value.Bool)) {
                    var advice = value instanceof Value.Text ? "write it without quotes" : "";
                    notes.error(pointer, mismatch("true or false", value).todo(advice));
                }
            }
            case Shape.OrNull(var inner) -> {
                if (!value.isNull()) {
                    check(inner, value, pointer);
                }
            }
            case Shape.Items items -> items(items, value, pointer);
            case Shape.Dictionary dictionary -> dictionary(dictionary, value, pointer);
            case Shape.Fields fields -> fields(fields, value, pointer);
            case Shape.Choice choice -> choice(choice, value, pointer);
        }
    }

    private void text(Shape.Text shape, Value value, String pointer) {
        if (!(value instanceof Value.Text(var text))) {
            var advice = value instanceof Value.Num || value instanceof Value.Bool ? "put it in quotes" : "";
            notes.error(pointer, mismatch(shape.like(), value).todo(advice));
        } else if (!shape.pattern().matcher(text).matches()) {
            outside(pointer, shape.like(), value, "");
        }
    }

    private void word(Shape.Word shape, Value value, String pointer) {
        var expected = "one of " + String.join(", ", shape.words());
        if (!(value instanceof Value.Text(var text))) {
            wrongType(pointer, expected, value);
        } else if (!shape.words().contains(text)) {
            outside(pointer, expected, value, Nearest.advice(text, shape.words()));
        }
    }

    private void whole(Shape.Whole shape, Value value, String pointer) {
        var expected = "a whole number from " + shape.min() + " to " + shape.max();
        number(
                new Shape.Decimal(BigDecimal.valueOf(shape.min()), BigDecimal.valueOf(shape.max()), 0),
                expected,
                value,
                pointer);
    }

    private void decimal(Shape.Decimal shape, Value value, String pointer) {
        var expected = "a number from " + shape.min().toPlainString() + " to "
                + shape.max().toPlainString() + " with at most " + shape.places() + " decimals";
        number(shape, expected, value, pointer);
    }

    private void number(Shape.Decimal shape, String expected, Value value, String pointer) {
        if (!(value instanceof Value.Num(BigDecimal number))) {
            var advice = value instanceof Value.Text ? "write it without quotes" : "";
            notes.error(pointer, mismatch(expected, value).todo(advice));
        } else if (number.scale() > shape.places()
                || number.compareTo(shape.min()) < 0
                || number.compareTo(shape.max()) > 0) {
            outside(pointer, expected, value, "");
        }
    }

    private void items(Shape.Items shape, Value value, String pointer) {
        if (!(value instanceof Value.Arr(List<Value> items))) {
            wrongType(pointer, "a list", value);
            return;
        }
        if (items.size() < shape.min() || items.size() > shape.max()) {
            notes.error(
                    pointer,
                    Problem.of("MAN-VALUE", "a list has too few or too many items")
                            .expected(shape.min() + " to " + shape.max() + " items")
                            .found(items.size() + " items"));
        }
        for (int i = 0; i < Math.min(items.size(), shape.max()); i++) {
            check(shape.item(), items.get(i), Notes.under(pointer, String.valueOf(i)));
        }
    }

    private void dictionary(Shape.Dictionary shape, Value value, String pointer) {
        if (!(value instanceof Value.Obj(var fields))) {
            wrongType(pointer, "an object", value);
            return;
        }
        if (fields.size() > shape.max()) {
            notes.error(
                    pointer,
                    Problem.of("MAN-VALUE", "an object has too many names")
                            .expected("at most " + shape.max())
                            .found(String.valueOf(fields.size())));
            return;
        }
        fields.forEach((name, inner) -> {
            var place = Notes.under(pointer, name);
            if (!shape.name().matcher(name).matches()) {
                notes.error(
                        place,
                        Problem.of("MAN-VALUE", "a name is not allowed here")
                                .expected(shape.nameLike())
                                .found(brief(Value.of(name))));
            }
            check(shape.value(), inner, place);
        });
    }

    private void fields(Shape.Fields shape, Value value, String pointer) {
        if (!(value instanceof Value.Obj object)) {
            wrongType(pointer, "an object", value);
            return;
        }
        object.fields().forEach((name, inner) -> {
            var place = Notes.under(pointer, name);
            var field = shape.fields().get(name);
            if (field != null) {
                if (!(field.takesSecrets() && isSecret(inner))) {
                    check(field.shape(), inner, place);
                }
            } else {
                notes.error(
                        place,
                        Problem.of("MAN-UNKNOWN-FIELD", "a field is not known here")
                                .expected("one of "
                                        + String.join(", ", shape.fields().keySet()))
                                .found(brief(name))
                                .todo(Nearest.to(name, shape.fields().keySet())
                                        .map(near -> "did you mean " + near + "?")
                                        .orElse("remove it")));
            }
        });
        shape.fields().forEach((name, field) -> {
            if (field.required() && !object.fields().containsKey(name)) {
                missing(pointer, name);
            }
        });
    }

    /** It stands for a value that is not known here; its shape is the executor's to check. */
    private static boolean isSecret(Value value) {
        return value instanceof Value.Text(var text) && Placeholders.isSecret(text);
    }

    private void choice(Shape.Choice shape, Value value, String pointer) {
        if (!(value instanceof Value.Obj object)) {
            wrongType(pointer, "an object", value);
        } else if (!object.fields().containsKey(shape.field())) {
            missing(pointer, shape.field());
        } else {
            var place = Notes.under(pointer, shape.field());
            var word = new Shape.Word(new java.util.TreeSet<>(shape.byWord().keySet()));
            check(word, object.get(shape.field()), place);
            if (object.get(shape.field()) instanceof Value.Text(var chosen)
                    && shape.byWord().containsKey(chosen)) {
                fields(shape.byWord().get(chosen).required(shape.field(), word), value, pointer);
            }
        }
    }

    private void missing(String pointer, String name) {
        notes.error(
                pointer,
                Problem.of("MAN-MISSING-FIELD", "a field is missing")
                        .expected(Notes.path(Notes.under(pointer, name)))
                        .found("nothing"));
    }

    private void wrongType(String pointer, String expected, Value found) {
        notes.error(pointer, mismatch(expected, found));
    }

    private void outside(String pointer, String expected, Value found, String advice) {
        notes.error(
                pointer,
                Problem.of("MAN-VALUE", "a value is not allowed here")
                        .expected(expected)
                        .found(brief(found))
                        .todo(advice));
    }

    private static Problem mismatch(String expected, Value found) {
        return Problem.of("MAN-WRONG-TYPE", "a value has the wrong type")
                .expected(expected)
                .found(described(found));
    }

    private static String described(Value value) {
        return switch (value) {
            case Value.Nil _ -> "null";
            case Value.Bool _ -> "the boolean " + brief(value);
            case Value.Num _ -> "the number " + brief(value);
            case Value.Text _ -> "the text " + brief(value);
            case Value.Arr _ -> "a list";
            case Value.Obj _ -> "an object";
        };
    }

    private static String brief(Value value) {
        return brief(CanonicalJson.text(value));
    }

    private static String brief(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}
