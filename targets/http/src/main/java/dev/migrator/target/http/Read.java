package dev.migrator.target.http;

import dev.migrator.core.canonical.Value;
import java.util.List;
import java.util.Optional;

/** Reads fields of answers, and takes nothing for what it is not. */
final class Read {
    private Read() {}

    static Value.Obj object(Value value, String what) throws Strange {
        if (value instanceof Value.Obj object) {
            return object;
        }
        throw new Strange(what + " is no object");
    }

    static List<Value> items(Value.Obj object, String field) throws Strange {
        if (object.get(field) instanceof Value.Arr(var items)) {
            return items;
        }
        throw new Strange(field + " is no list");
    }

    static String text(Value.Obj object, String field, int longest) throws Strange {
        return optionalText(object, field, longest)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new Strange(field + " is missing"));
    }

    static Optional<String> optionalText(Value.Obj object, String field, int longest) throws Strange {
        return switch (object.get(field)) {
            case Value.Nil _ -> Optional.empty();
            case Value.Text(var text) when text.length() <= longest -> Optional.of(text);
            case Value.Text _ -> throw new Strange(field + " is longer than " + longest + " characters");
            default -> throw new Strange(field + " is no text");
        };
    }

    static boolean flag(Value.Obj object, String field) throws Strange {
        if (object.get(field) instanceof Value.Bool(var flag)) {
            return flag;
        }
        throw new Strange(field + " is neither true nor false");
    }

    static int number(Value.Obj object, String field, int least, int most) throws Strange {
        if (object.get(field) instanceof Value.Num(var number)) {
            try {
                int exact = number.intValueExact();
                if (exact >= least && exact <= most) {
                    return exact;
                }
            } catch (ArithmeticException _) {
                // told below
            }
        }
        throw new Strange(field + " is no whole number from " + least + " to " + most);
    }
}
