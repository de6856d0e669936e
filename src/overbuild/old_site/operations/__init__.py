"""Operations: from GPUs to operating cash."""
