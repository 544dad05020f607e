import { showBoard } from "/board.js";
import { startEstimator } from "/estimator.js";

startEstimator();
showBoard();
