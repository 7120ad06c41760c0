package dev.migrator.target.kafka;

import dev.migrator.core.error.Problem;
import dev.migrator.target.TargetException;

/** Something that was asked for the sake of a person who wants to know: what was found, or why it is not known. */
sealed interface Reading<T> {
    record Known<T>(T value) implements Reading<T> {}

    record NotKnown<T>(String why) implements Reading<T> {}

    interface Call<T> {
        T get() throws TargetException;
    }

    /**
     * What a credential may not do, or a cluster cannot, is told and hinders nothing.
     *
     * @throws TargetException.Unavailable if the cluster does not answer: then nothing more is asked of it
     */
    static <T> Reading<T> of(Call<T> call) throws TargetException.Unavailable {
        try {
            return new Known<>(call.get());
        } catch (TargetException.Unavailable e) {
            throw e;
        } catch (TargetException e) {
            return new NotKnown<>(why(e.problem()));
        }
    }

    /** @param doing e.g. {@code describe groups} */
    static String why(String doing, Throwable error) {
        return why(Faults.problem(doing, error));
    }

    private static String why(Problem problem) {
        return switch (problem.code()) {
            case Faults.DENIED -> "no permission to " + problem.thing();
            case Faults.NO_AUTHORIZER -> "the cluster has no authorizer";
            default -> problem.code() + ", " + problem.message();
        };
    }
}
