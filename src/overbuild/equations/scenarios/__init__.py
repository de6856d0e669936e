"""Operations over scenarios, where a number is a float as long as it is the same in all of them."""
