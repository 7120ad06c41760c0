package dev.migrator.core.present;

import java.util.ArrayList;
import java.util.List;

/**
 * A sentence about a plan, in which our words and what comes from outside are kept apart, so that each form can make the
 * latter harmless in its own way.
 */
record Words(List<Piece> pieces, Role role) {
    /** What a sentence is about. */
    enum Role {
        /** Something is lost: an approver must not miss it. */
        LOSS,
        /** Who is concerned. */
        USERS,
        MORE
    }

    /** @param outside whether somebody else chose the text */
    record Piece(String text, boolean outside) {}

    Words {
        pieces = List.copyOf(pieces);
    }

    static Words of(String ours) {
        return of(ours, Role.MORE);
    }

    static Words of(String ours, Role role) {
        return new Words(List.of(new Piece(ours, false)), role);
    }

    boolean isLoss() {
        return role == Role.LOSS;
    }

    Words and(String ours) {
        return plus(new Piece(ours, false));
    }

    Words outside(String theirs) {
        return plus(new Piece(theirs, true));
    }

    Words and(Words more) {
        var all = new ArrayList<>(pieces);
        all.addAll(more.pieces);
        return new Words(all, role);
    }

    private Words plus(Piece piece) {
        var all = new ArrayList<>(pieces);
        all.add(piece);
        return new Words(all, role);
    }

    static Words joined(String between, List<Words> parts) {
        var all = Words.of("");
        for (int i = 0; i < parts.size(); i++) {
            all = (i == 0 ? all : all.and(between)).and(parts.get(i));
        }
        return all;
    }

    String plain() {
        var text = new StringBuilder();
        pieces.forEach(piece -> text.append(piece.text()));
        return text.toString();
    }
}
