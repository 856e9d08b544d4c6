import { Link } from '@tanstack/react-router';
import classes from './mark.module.css';

/** The name, which leads to where one lands. */
export function Mark() {
  return (
    <Link to="/" className={classes.mark}>
      <img src="/icon.svg" width={28} height={28} alt="" />
      <span className={classes.name}>LaCollecte</span>
    </Link>
  );
}
