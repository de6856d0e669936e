"""Operations: from chips to operating cash."""
